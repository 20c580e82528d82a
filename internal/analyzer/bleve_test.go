package analyzer

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis"
	_ "github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/registry"
)

// newsMapping maps every text to both channels, with the dictionaries of dir.
func newsMapping(t *testing.T, dir string) mapping.IndexMapping {
	t.Helper()
	m := bleve.NewIndexMapping()
	var fields []*mapping.FieldMapping
	for name, config := range map[string]map[string]any{
		"words": {"type": WordsAnalyzer, DictKey: dir},
		"grams": {"type": "custom", "tokenizer": GramsTokenizer},
	} {
		if err := m.AddCustomAnalyzer(name, config); err != nil {
			t.Fatal(err)
		}
		field := bleve.NewTextFieldMapping()
		field.Name, field.Analyzer = name, name
		fields = append(fields, field)
	}
	m.DefaultMapping.AddFieldMappingsAt("text", fields...)
	return m
}

func TestBleveIndex(t *testing.T) {
	dict, dir := filepath.Join(t.TempDir(), "dict"), filepath.Join(t.TempDir(), "index")
	if err := Install(dict, ""); err != nil {
		t.Fatal(err)
	}
	index, err := bleve.New(dir, newsMapping(t, dict))
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{
		"full width": "《Ｃ９１９》首飞，中华人民共和国成立",
		"beyond BMP": "😀𠮷野家 北约东扩",
		"invalid":    "\xff里亚布科夫\x00北约\xe4\xb8东扩",
		"plain":      "covid-19病毒",
	}
	for id, text := range texts {
		if err := index.Index(id, map[string]any{"text": text}); err != nil {
			t.Fatal(err)
		}
	}
	if err := index.Close(); err != nil {
		t.Fatal(err)
	}
	// Opened again, the mapping comes from the index and builds the analyzers.
	if index, err = bleve.Open(dir); err != nil {
		t.Fatal(err)
	}
	defer index.Close()
	for _, c := range []struct {
		field, term string
		want        map[string]string // id → the text at the location
	}{
		{"words", "共和国", map[string]string{"full width": "共和国"}}, // a sub-word
		{"words", "中华人民共和国", map[string]string{"full width": "中华人民共和国"}},
		{"words", "c919", map[string]string{"full width": "Ｃ９１９"}},
		{"words", "北约", map[string]string{"beyond BMP": "北约", "invalid": "北约"}},
		{"grams", "𠮷野", map[string]string{"beyond BMP": "𠮷野"}},
		{"grams", "科夫", map[string]string{"invalid": "科夫"}},
		{"grams", "扩", map[string]string{"beyond BMP": "扩", "invalid": "扩"}},
		{"grams", "covid", map[string]string{"plain": "covid"}},
		{"grams", "约东", map[string]string{"beyond BMP": "约东"}}, // in "invalid" a byte separates them
	} {
		query := bleve.NewTermQuery(c.term)
		query.SetField(c.field)
		request := bleve.NewSearchRequest(query)
		request.IncludeLocations = true
		result, err := index.Search(request)
		if err != nil {
			t.Fatal(err)
		}
		if len(result.Hits) != len(c.want) {
			t.Errorf("%s %s: %d hits, want %d", c.field, c.term, len(result.Hits), len(c.want))
		}
		for _, hit := range result.Hits {
			at := hit.Locations[c.field][c.term]
			if len(at) != 1 {
				t.Errorf("%s %s in %s: %d locations", c.field, c.term, hit.ID, len(at))
				continue
			}
			if got := texts[hit.ID][at[0].Start:at[0].End]; got != c.want[hit.ID] {
				t.Errorf("%s %s in %s: location of %q, want %q", c.field, c.term, hit.ID, got, c.want[hit.ID])
			}
		}
	}
}

func TestBleveGramPhrases(t *testing.T) {
	m := bleve.NewIndexMapping()
	m.DefaultAnalyzer = GramsAnalyzer
	index, err := bleve.New(filepath.Join(t.TempDir(), "index"), m)
	if err != nil {
		t.Fatal(err)
	}
	defer index.Close()
	for id, text := range map[string]string{"1": "北约东扩是红线", "2": "北约表示东扩约东"} {
		if err := index.Index(id, map[string]any{"text": text}); err != nil {
			t.Fatal(err)
		}
	}
	phrase := bleve.NewPhraseQuery([]string{"北约", "约东", "东扩"}, "text")
	result, err := index.Search(bleve.NewSearchRequest(phrase))
	if err != nil {
		t.Fatal(err)
	}
	if result.Total != 1 || result.Hits[0].ID != "1" {
		t.Errorf("the phrase finds %v", result.Hits)
	}
}

func TestBleveTokens(t *testing.T) {
	cache := registry.NewCache()
	words, err := cache.AnalyzerNamed(WordsAnalyzer) // the program's own dictionaries
	if err != nil {
		t.Fatal(err)
	}
	type token struct {
		term           string
		start, end, at int
		kind           analysis.TokenType
	}
	var got []token
	for _, k := range words.Analyze([]byte("Ｃ９１９在俄罗斯")) {
		got = append(got, token{string(k.Term), k.Start, k.End, k.Position, k.Type})
	}
	want := []token{
		{"c", 0, 3, 1, analysis.AlphaNumeric},
		{"c919", 0, 12, 1, analysis.AlphaNumeric},
		{"919", 3, 12, 2, analysis.AlphaNumeric},
		{"在", 12, 15, 3, analysis.Ideographic},
		{"俄罗斯", 15, 24, 4, analysis.Ideographic},
		{"罗斯", 18, 24, 5, analysis.Ideographic},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := words.Analyze(nil); len(got) != 0 {
		t.Errorf("no text gives %v", got)
	}
}

func TestBleveConfiguration(t *testing.T) {
	for _, value := range []any{"", 5, nil, filepath.Join(t.TempDir(), "absent")} {
		cache := registry.NewCache()
		if _, err := cache.DefineAnalyzer("a", map[string]any{"type": WordsAnalyzer, DictKey: value}); err == nil {
			t.Errorf("dict %v: no error", value)
		}
	}
}

// TestBleveSharesDictionaries checks that mappings which name an analyzer load
// no dictionaries before the first text, and then share them.
func TestBleveSharesDictionaries(t *testing.T) {
	own := new(ownDictionaries)
	build := constructor(own.words, openWords)
	var tokenizers []analysis.Tokenizer
	for range 2 {
		tokenizer, err := build(nil, registry.NewCache())
		if err != nil {
			t.Fatal(err)
		}
		tokenizers = append(tokenizers, tokenizer)
	}
	if own.shared.Value() != nil {
		t.Error("the dictionaries are loaded before the first text")
	}
	var loaded []*Analyzer
	for _, tokenizer := range tokenizers {
		if got := tokenizer.Tokenize([]byte("北约")); len(got) != 1 {
			t.Errorf("%d tokens", len(got))
		}
		loaded = append(loaded, own.shared.Value())
	}
	if loaded[0] == nil || loaded[0] != loaded[1] {
		t.Error("two mappings load dictionaries of their own")
	}
}
