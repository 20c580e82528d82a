package build

// Sizes for the external tests.
const (
	ArticleMemory = articleMemory * articlesPart // bytes of --memory that an article needs
	WorkerText    = workerText
)

// ByLists returns o for builds that make volumes of so many articles of posting lists.
func (o Options) ByLists(least int) Options {
	o.leastByLists = least
	return o
}
