declare module "jstat" {
  /** All of it at once: Node finds no names in what the package exports. */
  const jstat: {
    jStat: {
      beta: {
        /** The quantile of the beta distribution: x such that P(X ≤ x) = p. */
        inv(p: number, alpha: number, beta: number): number;
      };
    };
  };
  export default jstat;
}
