package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// overCluster are the flags with which serveSamples serves the samples from a cluster; nil for a folder.
var overCluster []string

// TestOverCluster runs tests of pages and of the API over a cluster, as they run over a folder.
func TestOverCluster(t *testing.T) {
	node := clusterNode(t)
	samples, err := sampleIndex()
	if err != nil {
		t.Fatal(err)
	}
	flags := []string{"--engine", "opensearch", "--url", node, "--name", fmt.Sprintf("pages-%d", os.Getpid())}
	r := runIndexer(t, filepath.Dir(samples), append([]string{"publish", "--index", samples}, flags...)...)
	if r.code != 0 {
		t.Fatalf("publishing the samples: %s%s", r.out, r.err)
	}
	overCluster = flags
	t.Cleanup(func() { overCluster = nil })
	for _, test := range []struct {
		name string
		run  func(*testing.T)
	}{
		{"keyboard", TestKeyboardFromBoxToArticleAndBack},
		{"filters", TestFiltersInTheAddress},
		{"without JavaScript", TestWithoutJavaScript},
		{"matches", TestMatchesByKeyAndButton},
		{"matches from a paragraph", TestMatchesFromAParagraph},
		{"article for machines", TestArticleForMachines},
		{"archive", TestBrowsingByKeyboard},
		{"periods", TestPeriods},
		{"comparison", TestComparison},
		{"results follow the box", TestResultsFollowTheBox},
		{"opened hit", TestOpenedHitKeepsItsSearch},
		{"focus and scroll", TestFiltersKeepFocusAndScroll},
		{"offers", TestOffersByKeyboard},
		{"contexts", TestContexts},
		{"completions", TestCompletions},
		{"English", TestEnglishPages},
	} {
		t.Run(test.name, test.run)
	}
}
