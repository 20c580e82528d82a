package search

import "context"

// Op names a method of Engine, also as a label in metrics and logs.
type Op string

// The values of Op, one for each method but Generation.
const (
	OpSearch         Op = "search"
	OpArticle        Op = "article"
	OpSimilar        Op = "similar"
	OpNearDuplicates Op = "near_duplicates"
	OpComplete       Op = "complete"
	OpTrends         Op = "trends"
	OpPublications   Op = "publications"
	OpIssues         Op = "issues"
	OpIssue          Op = "issue"
	OpExport         Op = "export"
	OpPin            Op = "pin"
)

// Call is one call of an Engine.
type Call struct {
	Op Op
	// Request is the method's argument: a Request, an ArticleRequest and so on; a
	// string for NearDuplicates and Issues, nil for Publications and Pin.
	Request any
	// Response is what the method returned, a Response and so on, once next has
	// returned nil. It stays nil for Export and Pin.
	Response any
}

// Interceptor runs around every call of an Engine. It calls next once with the
// engine that is to answer, or returns an error instead; an error that it returns
// is what the caller gets, and then the caller gets no response.
type Interceptor func(ctx context.Context, call *Call, next func(context.Context, Engine) error) error

// Intercepted is an Engine made of an Interceptor. A type that embeds it and
// declares a method of Engine itself answers that method in its own way.
type Intercepted struct {
	around     Interceptor
	generation func() string
}

// Intercept returns an Engine that passes every call through around, except
// Generation, which it answers by generation.
func Intercept(around Interceptor, generation func() string) Intercepted {
	return Intercepted{around, generation}
}

// intercept passes a call with a response through the interceptor.
func intercept[T any](
	ctx context.Context, i Intercepted, op Op, request any, ask func(context.Context, Engine) (T, error),
) (T, error) {
	var out, none T
	call := Call{Op: op, Request: request}
	err := i.around(ctx, &call, func(ctx context.Context, e Engine) error {
		var err error
		if out, err = ask(ctx, e); err == nil {
			call.Response = out
		}
		return err
	})
	if err != nil {
		return none, err
	}
	return out, nil
}

// Search implements Engine.
func (i Intercepted) Search(ctx context.Context, r Request) (Response, error) {
	return intercept(ctx, i, OpSearch, r, func(ctx context.Context, e Engine) (Response, error) {
		return e.Search(ctx, r)
	})
}

// Article implements Engine.
func (i Intercepted) Article(ctx context.Context, r ArticleRequest) (MarkedArticle, error) {
	return intercept(ctx, i, OpArticle, r, func(ctx context.Context, e Engine) (MarkedArticle, error) {
		return e.Article(ctx, r)
	})
}

// Similar implements Engine.
func (i Intercepted) Similar(ctx context.Context, r SimilarRequest) (Related, error) {
	return intercept(ctx, i, OpSimilar, r, func(ctx context.Context, e Engine) (Related, error) {
		return e.Similar(ctx, r)
	})
}

// NearDuplicates implements Engine.
func (i Intercepted) NearDuplicates(ctx context.Context, id string) (Related, error) {
	return intercept(ctx, i, OpNearDuplicates, id, func(ctx context.Context, e Engine) (Related, error) {
		return e.NearDuplicates(ctx, id)
	})
}

// Complete implements Engine.
func (i Intercepted) Complete(ctx context.Context, r CompletionRequest) ([]Completion, error) {
	return intercept(ctx, i, OpComplete, r, func(ctx context.Context, e Engine) ([]Completion, error) {
		return e.Complete(ctx, r)
	})
}

// Trends implements Engine.
func (i Intercepted) Trends(ctx context.Context, r TrendsRequest) (Trends, error) {
	return intercept(ctx, i, OpTrends, r, func(ctx context.Context, e Engine) (Trends, error) {
		return e.Trends(ctx, r)
	})
}

// Publications implements Engine.
func (i Intercepted) Publications(ctx context.Context) (Publications, error) {
	return intercept(ctx, i, OpPublications, nil, func(ctx context.Context, e Engine) (Publications, error) {
		return e.Publications(ctx)
	})
}

// Issues implements Engine.
func (i Intercepted) Issues(ctx context.Context, publication string) (Issues, error) {
	return intercept(ctx, i, OpIssues, publication, func(ctx context.Context, e Engine) (Issues, error) {
		return e.Issues(ctx, publication)
	})
}

// Issue implements Engine.
func (i Intercepted) Issue(ctx context.Context, r IssueRequest) (Issue, error) {
	return intercept(ctx, i, OpIssue, r, func(ctx context.Context, e Engine) (Issue, error) {
		return e.Issue(ctx, r)
	})
}

// Export implements Engine.
func (i Intercepted) Export(ctx context.Context, r ExportRequest, sink Sink) error {
	call := Call{Op: OpExport, Request: r}
	return i.around(ctx, &call, func(ctx context.Context, e Engine) error { return e.Export(ctx, r, sink) })
}

// Pin implements Engine. Requests to the pinned engine are not passed through the interceptor:
// they belong to this call.
func (i Intercepted) Pin(ctx context.Context, do func(context.Context, Engine) error) error {
	call := Call{Op: OpPin}
	return i.around(ctx, &call, func(ctx context.Context, e Engine) error { return e.Pin(ctx, do) })
}

// Generation implements Engine.
func (i Intercepted) Generation() string { return i.generation() }

var _ Engine = Intercepted{}
