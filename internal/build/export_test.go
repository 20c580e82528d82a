package build

// Sizes for the external tests.
const (
	ArticleMemory = articleMemory * articlesPart // bytes of --memory that an article needs
	WorkerText    = workerText
)
