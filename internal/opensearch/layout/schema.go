package layout

import "math"

// SchemaVersion is the version of the layout of an index. One with another version is not opened.
const SchemaVersion = 3

// object is a JSON object.
type object = map[string]any

// Fields of a root document: an article, or one item of a round-up with the article's title. See
// documents.go for their values.
const (
	ArticleField     = "article"  // id
	MemberField      = "member"   // what orders equals: the number of the article, then of its item
	ItemsField       = "items"    // how many items the article has
	FirstField       = "first"    // it is the article, or its first item
	AllWordsField    = "all_w"    // of the first item of a round-up: the words of the article, each once
	GroupField       = "group"    // of near-duplicates; absent for none
	CollapseField    = "collapse" // the group, else the article if it has several items; absent for others
	DigestField      = "digest"   // of what the article's root documents are made from
	DateField        = "date"
	DayField         = "day" // days since 1970-01-01; a very low number for none
	CharactersField  = "characters"
	BylineNamesField = "byline_names"
	NamesField       = "names"   // publication and source as a query may name them, see nameKey
	WordsField       = "words"   // of the article, or of the item with its title
	TitleWordsField  = "title_w" // the words of the headings, each once
	TitleField       = "title"   // streams of the headings
	recordField      = "record"
)

// The fields with nested documents: the paragraphs of a root document, and those of an article's other
// items, which have less (othersOf).
const (
	OwnField    = "p"
	OthersField = "q"
)

// Fields of a paragraph.
const (
	KindField        = "kind"
	SectionField     = "section"
	LeadField        = "lead"
	TextField        = "text"    // streams of the text
	SectionTextField = "heading" // streams of the section's heading
	ParagraphWords   = "w"       // the words, each once
)

// Streams of a text (streams.go) are fields of its field.
const (
	CharactersStream = "t"
	JoinedStream     = "j"
	GramsStream      = "g"
)

// KeyOf names the field with the normal form of a field's value.
func KeyOf(field string) string { return field + "_key" }

// Gap is how many positions are between two sentences: no phrase and no distance is as long.
const Gap = 2_000

// maxNested bounds the paragraphs of an article. OpenSearch's own bound is 10,000.
const maxNested = math.MaxInt32

// LeaseTime is for how long a copy of a shard may need what it missed, until the index is compacted.
const LeaseTime = "1s"

// Shape is how an index is divided.
type Shape struct{ Shards, Replicas int }

// IndexBody returns the settings and the mapping of an index while it is filled.
func IndexBody(s Shape) object {
	return object{
		"settings": object{
			"index": object{
				"number_of_shards": s.Shards,
				// From the beginning: a node may be lost while the index is filled.
				"number_of_replicas":                  s.Replicas,
				"soft_deletes.retention_lease.period": LeaseTime,
				"refresh_interval":                    "-1",
				// Not best_compression: the 200 best of a request are read from all over the index, and each would
				// unpack 60 KB.
				"codec":                             "default",
				"mapping.nested_objects.limit":      maxNested,
				"mapping.total_fields.limit":        200,
				"max_result_window":                 10_000,
				"similarity.news.type":              "BM25",
				"similarity.news.k1":                k1,
				"similarity.news.b":                 b,
				"analysis.analyzer.terms.type":      "custom",
				"analysis.analyzer.terms.tokenizer": "whitespace",
			},
		},
		"mappings": mappings(),
	}
}

// BM25 as in package engine.
const (
	k1 = 0.9
	b  = 0.4
)

func mappings() object {
	keyword := object{"type": "keyword"}
	properties := object{
		ArticleField:     keyword,
		MemberField:      object{"type": "long"},
		ItemsField:       object{"type": "integer"},
		FirstField:       object{"type": "boolean"},
		AllWordsField:    termsOnly(),
		GroupField:       keyword,
		CollapseField:    keyword,
		DigestField:      object{"type": "long", "index": false},
		DateField:        object{"type": "date", "format": "strict_date"},
		DayField:         object{"type": "integer"},
		CharactersField:  object{"type": "integer"},
		BylineNamesField: keyword,
		NamesField:       keyword,
		WordsField:       object{"type": "text", "analyzer": "terms", "index_options": "freqs", "similarity": "news"},
		TitleWordsField:  termsOnly(),
		TitleField:       streams(),
		recordField:      object{"type": "object", "enabled": false},
		OwnField:         paragraphs(),
		OthersField:      paragraphs(),
	}
	for _, field := range valueFields {
		properties[field] = object{"type": "keyword", "ignore_above": maxValue}
		properties[KeyOf(field)] = object{"type": "keyword", "ignore_above": maxValue}
	}
	return object{
		"dynamic": "strict",
		"_meta":   object{"schema": SchemaVersion},
		"_source": object{"includes": []string{
			recordField, ArticleField, GroupField, CollapseField, MemberField, ItemsField, FirstField, DayField,
		}},
		"properties": properties,
	}
}

// maxValue is the most bytes that a value is indexed with. Lucene's bound is 32,766.
const maxValue = 8_000

// valueFields are the fields of an article that have one value.
var valueFields = []string{"publication", "source", "page", "page_name", "byline"}

func termsOnly() object {
	return object{"type": "text", "analyzer": "terms", "index_options": "docs", "norms": false}
}

// streams is the mapping of the streams of a text.
func streams() object {
	stream := object{
		"type": "text", "analyzer": "terms", "index_options": "positions", "norms": false,
		"position_increment_gap": Gap,
	}
	return object{"properties": object{CharactersStream: stream, JoinedStream: stream, GramsStream: termsOnly()}}
}

func paragraphs() object {
	keyword := object{"type": "keyword", "ignore_above": maxValue}
	return object{
		"type": "nested",
		"properties": object{
			KindField:           keyword,
			SectionField:        keyword,
			KeyOf(SectionField): keyword,
			LeadField:           object{"type": "boolean"},
			TextField:           streams(),
			SectionTextField:    streams(),
			ParagraphWords:      termsOnly(),
		},
	}
}
