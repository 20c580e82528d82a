package e2e

import (
	"context"
	"encoding/csv"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	xunwen "xunwen/client"
)

// serveWithKey starts a server of the samples that requires a key.
func serveWithKey(t *testing.T) (address, key string) {
	t.Helper()
	dir, err := sampleIndex()
	if err != nil {
		t.Fatal(err)
	}
	key, line := makeKey(t, "reader")
	file := filepath.Join(t.TempDir(), "keys")
	putFile(t, file, line)
	return start(t, dir, "--api-keys", file), key
}

// TestPythonClient runs the tests of clients/python against a server.
func TestPythonClient(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skipf("this test needs python3: %v", err)
	}
	address, key := serveWithKey(t)
	ctx, cancel := context.WithTimeout(t.Context(), 10*waitTime)
	defer cancel()
	cmd := exec.CommandContext(ctx, python, "-B", "-m", "unittest", "discover", "-s", "tests", "-v")
	cmd.Dir = "../../clients/python"
	cmd.Env = append(os.Environ(), "PYTHONPATH=src", "XUNWEN_URL="+address, "XUNWEN_KEY="+key)
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "test_all_hits") {
		t.Errorf("%v\n%s", err, out)
	}
}

// TestGoClient calls a server by package client.
func TestGoClient(t *testing.T) {
	address, key := serveWithKey(t)
	c, err := xunwen.New(address, xunwen.WithKey(key))
	if err != nil {
		t.Fatal(err)
	}
	ctx := t.Context()
	scope := xunwen.Scope{Uncollapsed: true, Filter: xunwen.Filter{Publication: []string{"临江日报", "青禾晚报"}}}
	page, err := c.Search(ctx, xunwen.SearchRequest{Scope: scope, Q: "大桥", Facets: xunwen.WithFacets, Explain: true})
	if err != nil || page.Facets == nil || page.Hits[0].Explain == nil || page.Total < 5 {
		t.Fatalf("%+v, %v", page, err)
	}
	var paged, exported []string
	for h, err := range c.Hits(ctx, xunwen.SearchRequest{Scope: scope, Q: "大桥", Size: 3}) {
		if err != nil {
			t.Fatal(err)
		}
		paged = append(paged, h.ArticleID)
	}
	for h, err := range c.ExportHits(ctx, xunwen.ExportRequest{Scope: scope, Q: "大桥"}) {
		if err != nil {
			t.Fatal(err)
		}
		exported = append(exported, h.ArticleID)
	}
	if len(paged) != page.Total || strings.Join(paged, " ") != strings.Join(exported, " ") {
		t.Errorf("%d hits: %v by pages, %v exported", page.Total, paged, exported)
	}
	checkGoClientsExports(t, c, scope, page.Total)
	record, err := c.Article(ctx, paged[0])
	if err != nil || record.Title != page.Hits[0].Title {
		t.Errorf("%+v, %v", record, err)
	}
	text, err := c.Citation(ctx, paged[0], xunwen.GBT7714Print)
	if err != nil || !strings.Contains(text, record.Title+"[N]") {
		t.Errorf("%s, %v", text, err)
	}
	papers, err := c.Publications(ctx)
	if err != nil || len(papers) == 0 {
		t.Fatalf("%v, %v", papers, err)
	}
	days, err := c.IssueDates(ctx, papers[0].Value)
	if err != nil || len(days) == 0 {
		t.Fatalf("%v, %v", days, err)
	}
	if issue, err := c.Issue(ctx, papers[0].Value, days[0].Date); err != nil || len(issue.Pages) == 0 {
		t.Errorf("%+v, %v", issue, err)
	}
	trends, err := c.Trends(ctx, xunwen.TrendsRequest{Q: []string{"大桥", "渡口"}, Interval: xunwen.Year})
	if err != nil || len(trends.Buckets) == 0 || len(trends.Buckets[0].Counts) != 2 {
		t.Errorf("%+v, %v", trends, err)
	}
	checkGoClientsErrors(t, c, address)
}

// checkGoClientsExports exports as a file and by matches, and sends a batch.
func checkGoClientsExports(t *testing.T, c *xunwen.Client, scope xunwen.Scope, total int) {
	t.Helper()
	ctx := t.Context()
	file, err := c.Export(ctx, xunwen.ExportRequest{Scope: scope, Q: "大桥"})
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil || len(rows) != total+1 || file.Total != total || file.Generation == "" {
		t.Errorf("%d rows of %d, %+v, %v", len(rows), total, file, err)
	}
	for m, err := range c.ExportMatches(ctx, xunwen.ExportRequest{Scope: scope, Q: "大桥"}, 4) {
		if err != nil || m.Match != "大桥" {
			t.Errorf("%+v, %v", m, err)
		}
		break
	}
	lines := 0
	for row, err := range c.Batch(ctx, xunwen.BatchRequest{Scope: scope, Queries: []string{"大桥", "渡口 OR"}, Hits: 1}) {
		lines++
		if err != nil || (row.Error != "") != (lines == 2) || lines == 1 && (row.Total != total || len(row.Hits) != 1) {
			t.Errorf("%+v, %v", row, err)
		}
	}
	if lines != 2 {
		t.Errorf("a batch of 2 has %d rows", lines)
	}
}

func checkGoClientsErrors(t *testing.T, c *xunwen.Client, address string) {
	t.Helper()
	var problem *xunwen.Problem
	if _, err := c.Search(t.Context(), xunwen.SearchRequest{Q: "轮渡 OR"}); !errors.As(err, &problem) ||
		!errors.Is(err, xunwen.BadQuery) || *problem.Position != 3 || problem.RequestID == "" {
		t.Errorf("a bad query: %v", err)
	}
	if _, err := c.Article(t.Context(), "no such article"); !errors.Is(err, xunwen.NotFound) {
		t.Errorf("no such article: %v", err)
	}
	stranger, err := xunwen.New(address)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := stranger.Search(t.Context(), xunwen.SearchRequest{Q: "大桥"}); !errors.Is(err, xunwen.Unauthorized) {
		t.Errorf("without a key: %v", err)
	}
}
