package mcp

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"strings"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"xunwen/internal/server/problem"
)

// tool describes a tool.
type tool struct {
	name, title, description string
	bounds                   bounds // of its arguments
}

// add offers a tool. Its function returns the structured result and the same as text.
func add[In, Out any](s *Server, t tool, run func(context.Context, In) (Out, string, error)) {
	no := false
	described := &sdk.Tool{
		Name:        t.name,
		Title:       t.title,
		Description: t.description,
		Annotations: &sdk.ToolAnnotations{
			Title:           t.title,
			ReadOnlyHint:    true,
			IdempotentHint:  true,
			DestructiveHint: &no,
			OpenWorldHint:   &no, // this archive only
		},
		InputSchema:  inputSchema[In](t.bounds),
		OutputSchema: outputSchema[Out](),
	}
	sdk.AddTool(s.sdk, described,
		func(ctx context.Context, _ *sdk.CallToolRequest, in In) (*sdk.CallToolResult, Out, error) {
			ctx, cancel := bound(ctx)
			defer cancel()
			out, text, err := call(ctx, s, t.name, in, run)
			if err != nil {
				return nil, out, err
			}
			return &sdk.CallToolResult{Content: []sdk.Content{&sdk.TextContent{Text: text}}}, out, nil
		})
}

// call runs a tool. A panic fails this call only: the transport runs tools in goroutines of
// its own, where one would end the program.
func call[In, Out any](
	ctx context.Context, s *Server, name string, in In, run func(context.Context, In) (Out, string, error),
) (out Out, text string, err error) {
	defer func() {
		if v := recover(); v != nil {
			s.log.Error("a tool panicked", "tool", name, "panic", v, "stack", string(debug.Stack()))
			err = s.explain(name, problem.ErrPanicked)
		}
	}()
	out, text, err = run(ctx, in)
	if err != nil {
		return out, "", s.explain(name, err)
	}
	return out, text, nil
}

// explain returns an error that says what to do, as the API does. Parameters have the same
// names as arguments except q.
func (s *Server) explain(name string, err error) error {
	p := problem.Of(err)
	if p.Status == http.StatusInternalServerError && !errors.Is(err, problem.ErrPanicked) {
		s.log.Error("a tool failed", "tool", name, "error", err)
	}
	detail := strings.TrimPrefix(p.Detail, "q: ")
	if p.Parameter == "q" {
		detail = "query: " + detail
	}
	if p.Position != nil {
		detail += fmt.Sprintf(" (at character %d)", *p.Position+1)
	}
	if p.RetryAfter > 0 {
		detail += fmt.Sprintf(" (try again after %d s)", p.RetryAfter)
	}
	return errors.New(p.Title + ": " + detail)
}

// bad is an error about an argument.
func bad(argument, detail string) error { return problem.BadValue(argument, argument+": "+detail, nil) }
