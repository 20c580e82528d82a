package build

import (
	"slices"
	"testing"
)

// TestBatchSize checks that the number of documents in a batch depends on their texts.
func TestBatchSize(t *testing.T) {
	const large = batchBytes / 4
	paragraphs := slices.Repeat([]int{500}, 5000)
	for _, tt := range []struct {
		name  string
		sizes []int
		want  int
	}{
		{"nothing", nil, batchDocuments},
		{"paragraphs of news", paragraphs, batchDocuments},
		{"one that is larger than a batch", append([]int{100 * batchBytes}, paragraphs...), batchDocuments},
		{"some that fill a batch", slices.Concat(paragraphs, slices.Repeat([]int{large}, 100)), leastBatch},
		{"many of middle size", slices.Repeat([]int{batchBytes / 200}, 2000), batchDocuments / 8},
		{"nothing but large ones", slices.Repeat([]int{100 * batchBytes}, 20), leastBatch},
	} {
		if got := batchSize(tt.sizes); got != tt.want {
			t.Errorf("%s: %d documents, want %d", tt.name, got, tt.want)
		}
	}
}
