package mcp

import (
	"context"
	"fmt"
	"strings"

	"xunwen/internal/search"
)

type similarInput struct {
	ID   string `json:"id" jsonschema:"id of the article"`
	Size int    `json:"size,omitempty" jsonschema:"similar articles in this answer"`
}

type similarOutput struct {
	Generation string       `json:"generation"`
	Similar    []articleRef `json:"similar" jsonschema:"the most similar by their words first, without copies"`
	CopyCount  int          `json:"near_duplicate_count" jsonschema:"how many copies there are"`
	Copies     []articleRef `json:"near_duplicates" jsonschema:"copies (转载) of the article in this or other papers, the first of them"`
}

// Sizes of the answer of similar.
const (
	similarSize    = 10
	maxSimilarSize = 30
)

func (s *Server) addSimilar() {
	add(s, tool{
		name:  "similar",
		title: "相似 Similar",
		description: "Find the articles most similar to one (相似文章), and its copies in other newspapers (转载), to follow " +
			"a story.",
		bounds: bounds{"size": between(1, maxSimilarSize, similarSize)},
	}, s.similar)
}

func (s *Server) similar(ctx context.Context, in similarInput) (similarOutput, string, error) {
	found, err := s.engine.Similar(ctx, search.SimilarRequest{ID: in.ID, Size: in.Size})
	if err != nil {
		return similarOutput{}, "", err
	}
	copies, err := s.engine.NearDuplicates(ctx, in.ID)
	if err != nil {
		return similarOutput{}, "", err
	}
	out := similarOutput{
		Generation: found.Generation,
		Similar:    s.newRefs(ctx, found.Hits),
		CopyCount:  len(copies.Hits),
		Copies:     s.newRefs(ctx, copies.Hits[:min(len(copies.Hits), maxCopies)]),
	}
	return out, out.text(), nil
}

func (s *Server) newRefs(ctx context.Context, hits []search.Hit) []articleRef {
	out := make([]articleRef, 0, len(hits))
	for _, h := range hits {
		out = append(out, s.newRef(ctx, h.Article, h.Opening))
	}
	return out
}

func (out similarOutput) text() string {
	var b strings.Builder
	list := func(what string, refs []articleRef) {
		b.WriteString(what + "\n")
		for i, a := range refs {
			fmt.Fprintf(&b, "%d. %s\n", i+1, a.heading())
			writeLink(&b, "   ", a.Link)
		}
	}
	list(fmt.Sprintf("%d similar articles", len(out.Similar)), out.Similar)
	list(fmt.Sprintf("\n%d copies (转载)", out.CopyCount), out.Copies)
	return b.String()
}
