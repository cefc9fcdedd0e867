declare module "jstat" {
  export const jStat: {
    beta: {
      /** The quantile of the beta distribution: x such that P(X ≤ x) = p. */
      inv(p: number, alpha: number, beta: number): number;
    };
  };
}
