export interface TestCounts {
  passed: number;
  failed: number;
}
export function run(args: string[], env?: Record<string, string | undefined>): Promise<boolean>;
export function clearReports(): void;
export function runVitest(project: string, env?: Record<string, string | undefined>): Promise<boolean>;
export function runPlaywright(): Promise<boolean>;
export function readCounts(name: string): TestCounts;
export function countTests(report: object): TestCounts;
