package publication

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"time"

	"xunwen/internal/opensearch/client"
	"xunwen/internal/opensearch/layout"
)

// GenerationInfo is an entry of List.
type GenerationInfo struct {
	Name       string    `json:"name"`
	Index      string    `json:"index"`
	Current    bool      `json:"current"`
	Created    time.Time `json:"created"`
	Articles   int       `json:"articles"`
	Paragraphs int       `json:"paragraphs"`
	TextBytes  int64     `json:"text_bytes"`
	IndexBytes int64     `json:"index_bytes"` // without replicas
	Incomplete bool      `json:"incomplete"`  // it lacks documents, or is not the index that was published
}

// List describes the generations that a cluster has under a name, newest first.
func List(ctx context.Context, c *client.Client, name string) ([]GenerationInfo, error) {
	var indexes []struct {
		Index string `json:"index"`
		Size  string `json:"pri.store.size"`
	}
	path := "/_cat/indices/" + name + "-*?format=json&bytes=b&h=index,pri.store.size"
	if err := c.Do(ctx, http.MethodGet, path, nil, &indexes); err != nil {
		return nil, err
	}
	current, err := c.Aliased(ctx, name)
	if err != nil {
		return nil, err
	}
	out := []GenerationInfo{}
	for _, i := range indexes {
		generation, ok := strings.CutPrefix(i.Index, name+"-")
		if !ok || strings.HasSuffix(i.Index, layout.FilesSuffix) || !isGeneration(generation) {
			continue
		}
		g := GenerationInfo{
			Name: strings.ToUpper(generation), Index: i.Index, Current: slices.Contains(current, i.Index),
			IndexBytes: number(i.Size),
		}
		m, err := layout.ReadManifest(ctx, c, i.Index)
		if err == nil && m.Schema == layout.SchemaVersion {
			err = cluster{c, slog.New(slog.DiscardHandler)}.checkStored(ctx, i.Index, &m)
		}
		switch g.Incomplete = layout.IsIncomplete(err); {
		case err == nil, errors.Is(err, errShards):
			g.Created, g.Articles, g.Paragraphs, g.TextBytes = m.Created, m.Articles, m.Paragraphs, m.TextBytes
		case !g.Incomplete:
			return nil, err
		}
		out = append(out, g)
	}
	slices.SortFunc(out, func(a, b GenerationInfo) int { return strings.Compare(b.Name, a.Name) })
	return out, nil
}

// Prune deletes the oldest generations until some number is left, but never the current one, and returns
// the names of those that are deleted.
func Prune(ctx context.Context, c *client.Client, name string, keep int) ([]string, error) {
	all, err := List(ctx, c, name)
	if err != nil {
		return nil, err
	}
	var removed []string
	left := len(all)
	for _, g := range slices.Backward(all) { // the oldest first
		if g.Current || left <= keep && !g.Incomplete {
			continue
		}
		left--
		if err := c.DeleteIndexes(ctx, layout.FilesIndex(g.Index), g.Index); err != nil {
			return removed, err
		}
		removed = append(removed, g.Name)
	}
	return removed, nil
}
