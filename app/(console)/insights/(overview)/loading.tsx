export { FiguresLoading as default } from "@/components/insights/figures/figures-loading";
