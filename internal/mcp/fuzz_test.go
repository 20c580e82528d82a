package mcp

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
)

// FuzzCall checks that no arguments break a tool: it answers within bounds, or says what is
// wrong with them.
func FuzzCall(f *testing.F) {
	for _, seed := range []struct{ tool, arguments string }{
		{"search", `{"query":"大桥","size":5,"sort":"oldest","match":"anywhere","collapse":false}`},
		{"search", `{"query":"(大桥 OR","kind":["body"],"from":"2025-13-01","cursor":"x"}`},
		{"passages", `{"query":"大桥 投资","budget":200,"neighbours":3,"per_article":1}`},
		{"article", `{"id":"c-1","paragraph":2,"offset":690,"max_characters":100}`},
		{"article", `{"id":"a/1","offset":1073741824}`},
		{"trends", `{"queries":["大桥","渡口"],"interval":"day","to":"2025-10-02"}`},
		{"context", `{"query":"大桥","characters":5,"size":1}`},
		{"similar", `{"id":"b-1","size":30}`},
		{"issues", `{"publication":"临江日报","date":"2025-09-18"}`},
		{"issues", `[null]`},
	} {
		f.Add(seed.tool, seed.arguments)
	}
	s := New(archive(f), Options{})
	near, far := sdk.NewInMemoryTransports()
	ctx := context.Background()
	if _, err := s.sdk.Connect(ctx, far, nil); err != nil {
		f.Fatal(err)
	}
	cs, err := sdk.NewClient(&sdk.Implementation{Name: "fuzz"}, nil).Connect(ctx, near, nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { cs.Close() })
	f.Fuzz(func(t *testing.T, tool, arguments string) {
		if !json.Valid([]byte(arguments)) || !utf8.ValidString(tool) {
			t.Skip("no message")
		}
		got, err := cs.CallTool(ctx, &sdk.CallToolParams{Name: tool, Arguments: json.RawMessage(arguments)})
		if err != nil {
			if strings.Contains(err.Error(), "unknown tool") || strings.Contains(err.Error(), "invalid") {
				return
			}
			t.Fatalf("%s %s: %v", tool, arguments, err)
		}
		text := got.Content[0].(*sdk.TextContent).Text
		if strings.Contains(text, "Internal error") || text == "" {
			t.Errorf("%s %s: %s", tool, arguments, text)
		}
		const most = 200 << 10
		if len(text) > most {
			t.Errorf("%s %s: %d bytes", tool, arguments, len(text))
		}
	})
}
