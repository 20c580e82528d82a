package main

import (
	"context"
	"log/slog"

	"xunwen/internal/live"
	"xunwen/internal/metrics"
	"xunwen/internal/opensearch"
	"xunwen/internal/search"
)

// servedIndex is what is served: an index folder, or an index in a cluster.
type servedIndex interface {
	search.Engine
	// Run swaps in new generations until ctx ends.
	Run(ctx context.Context) error
	// Close closes what is open once the last request has ended.
	Close() error
}

// openIndex opens what the flags name, and returns a name for logs.
func openIndex(ctx context.Context, set settings, log *slog.Logger) (index servedIndex, name string, err error) {
	if !set.cluster.IsRemote() {
		return live.Open(ctx, set.index, live.Options{Log: log, Cache: set.cacheBytes, Segmenter: set.segmenter}),
			set.index, nil
	}
	client, err := set.cluster.Connect(log)
	if err != nil {
		return nil, "", err
	}
	return opensearch.Serve(ctx, client, set.cluster.Name, opensearch.LiveOptions{Log: log, Segmenter: set.segmenter}),
		set.cluster.Name, nil
}

// readiness returns the check of an index that may be out of reach, nil for one that isn't.
func readiness(index servedIndex) func(context.Context) error {
	if remote, ok := index.(*opensearch.Live); ok {
		return remote.Ready
	}
	return nil
}

// indexMetrics returns what is served for the metrics.
func indexMetrics(index servedIndex) metrics.Index {
	switch index := index.(type) {
	case *live.Engine:
		status := index.Status()
		return metrics.Index{
			Generation:   status.Generation,
			Created:      status.Created,
			Articles:     status.Articles,
			Paragraphs:   status.Paragraphs,
			Checked:      status.Checked,
			CacheBytes:   status.Cache.Bytes,
			CacheLimit:   status.Cache.Limit,
			CacheHits:    int64(status.Cache.Hits),
			CacheMisses:  int64(status.Cache.Misses),
			Swaps:        status.Swaps,
			LoadFailures: status.LoadFailures,
		}
	case *opensearch.Live:
		status := index.Status()
		return metrics.Index{
			Generation:   status.Generation,
			Created:      status.Created,
			Articles:     status.Articles,
			Paragraphs:   status.Paragraphs,
			Checked:      status.Generation != "", // the cluster checks its files
			Swaps:        status.Swaps,
			LoadFailures: status.LoadFailures,
		}
	}
	return metrics.Index{}
}
