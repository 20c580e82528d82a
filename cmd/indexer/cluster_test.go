package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"

	"xunwen/internal/analyzer/analyzertest"
	"xunwen/internal/cli"
	"xunwen/internal/opensearch/opensearchtest"
)

// TestInterruptedInCluster interrupts commands that have published in the folder while they publish in the cluster:
// they say so, and the command that they name goes on from there.
func TestInterruptedInCluster(t *testing.T) {
	node := opensearchtest.Wanted(t)
	if node == "" {
		node = opensearchtest.Start(t, 1).URLs[0]
	}
	proxy := opensearchtest.NewProxy(t, node)
	proxy.Start()
	name := fmt.Sprint("interrupted-", os.Getpid())
	t.Chdir(t.TempDir())
	flags := []string{"--engine", "opensearch", "--url", proxy.URL, "--name", name}
	run := func(ctx context.Context, args string) outcome {
		return runUntil(ctx, analyzertest.Frequent(t), "", append(strings.Fields(args), flags...)...)
	}
	for file, content := range map[string]string{"a.jsonl": recordA, "b.jsonl": recordB} {
		if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range []string{
		"build --out ix a.jsonl", "build --append --out ix b.jsonl", "remove --index ix a", "rollback --index ix",
	} {
		ctx, cancel := context.WithCancel(t.Context())
		proxy.Set(func(w http.ResponseWriter, r *http.Request, ask func() opensearchtest.Answer) {
			ask().Write(w)
			if r.Method == http.MethodPut && strings.HasSuffix(r.URL.Path, "-files") {
				cancel()
			}
		})
		got := run(ctx, args)
		if ctx.Err() == nil { // rolling back publishes what is there already
			cancel()
			continue
		}
		_, command, ok := strings.Cut(got.err, "is in ix, but not published in the cluster; indexer ")
		command, _, _ = strings.Cut(command, " goes on from here")
		if got.code != cli.ExitFailed || !ok || !strings.Contains(got.err, "interrupted: ") {
			t.Errorf("%s: %d %s", args, got.code, got.err)
			continue
		}
		proxy.Set(nil)
		if strings.Contains(args, "--append") {
			again := run(t.Context(), args)
			want := "if the cluster lacks them: indexer " + command
			if again.code != cli.ExitFailed || !strings.Contains(again.err, want) {
				t.Errorf("%s again: %d %s", args, again.code, again.err)
			}
		}
		published := runUntil(t.Context(), nil, "", strings.Fields(command)...)
		if published.code != cli.ExitDone || !strings.Contains(published.err, "published") {
			t.Errorf("%s: %d %s", command, published.code, published.err)
		}
	}
	list := run(t.Context(), "list")
	if strings.Count(list.out, name+"-") == 0 || strings.Contains(list.out, "incomplete") {
		t.Errorf("listed:\n%s", list.out)
	}
}
