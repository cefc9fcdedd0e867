import { LIBRARY } from "@/components/library/library-words";
import { LoadingList } from "@/components/organisation/loading-list";

export default function LibraryLoading() {
  return <LoadingList {...LIBRARY} />;
}
