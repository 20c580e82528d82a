package opensearch

import "math"

// schemaVersion is the version of the layout of an index. One with another version is not opened.
const schemaVersion = 2

// object is a JSON object.
type object = map[string]any

// Fields of a root document: an article, or one item of a round-up with the article's title. See
// documents.go for their values.
const (
	articleField     = "article"  // id
	memberField      = "member"   // what orders equals: the number of the article, then of its item
	itemsField       = "items"    // how many items the article has
	firstField       = "first"    // it is the article, or its first item
	allWordsField    = "all_w"    // of the first item of a round-up: the words of the article, each once
	groupField       = "group"    // of near-duplicates; absent for none
	collapseField    = "collapse" // the group, else the article if it has several items; absent for others
	digestField      = "digest"   // of what the article's root documents are made from
	dateField        = "date"
	dayField         = "day" // days since 1970-01-01; a very low number for none
	charactersField  = "characters"
	bylineNamesField = "byline_names"
	namesField       = "names"   // publication and source as a query may name them, see nameKey
	wordsField       = "words"   // of the article, or of the item with its title
	titleWordsField  = "title_w" // the words of the headings, each once
	titleField       = "title"   // streams of the headings
	recordField      = "record"
)

// The fields with nested documents: the paragraphs of a root document, and those of an article's other
// items, which have less (othersOf).
const (
	ownField    = "p"
	othersField = "q"
)

// Fields of a paragraph.
const (
	kindField        = "kind"
	sectionField     = "section"
	leadField        = "lead"
	textField        = "text"    // streams of the text
	sectionTextField = "heading" // streams of the section's heading
	paragraphWords   = "w"       // the words, each once
)

// Streams of a text (streams.go) are fields of its field.
const (
	charactersStream = "t"
	joinedStream     = "j"
	gramsStream      = "g"
)

// keyOf names the field with the normal form of a field's value.
func keyOf(field string) string { return field + "_key" }

// gap is how many positions are between two sentences: no phrase and no distance is as long.
const gap = 2_000

// maxNested bounds the paragraphs of an article. OpenSearch's own bound is 10,000.
const maxNested = math.MaxInt32

// Shape is how an index is divided.
type Shape struct{ Shards, Replicas int }

// indexBody returns the settings and the mapping of an index while it is filled.
func indexBody(s Shape) object {
	return object{
		"settings": object{
			"index": object{
				"number_of_shards": s.Shards,
				// From the beginning: a node may be lost while the index is filled.
				"number_of_replicas":                  s.Replicas,
				"soft_deletes.retention_lease.period": leaseTime, // until it is compacted
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
		articleField:     keyword,
		memberField:      object{"type": "long"},
		itemsField:       object{"type": "integer"},
		firstField:       object{"type": "boolean"},
		allWordsField:    termsOnly(),
		groupField:       keyword,
		collapseField:    keyword,
		digestField:      object{"type": "long", "index": false},
		dateField:        object{"type": "date", "format": "strict_date"},
		dayField:         object{"type": "integer"},
		charactersField:  object{"type": "integer"},
		bylineNamesField: keyword,
		namesField:       keyword,
		wordsField:       object{"type": "text", "analyzer": "terms", "index_options": "freqs", "similarity": "news"},
		titleWordsField:  termsOnly(),
		titleField:       streams(),
		recordField:      object{"type": "object", "enabled": false},
		ownField:         paragraphs(),
		othersField:      paragraphs(),
	}
	for _, field := range valueFields {
		properties[field] = object{"type": "keyword", "ignore_above": maxValue}
		properties[keyOf(field)] = object{"type": "keyword", "ignore_above": maxValue}
	}
	return object{
		"dynamic": "strict",
		"_meta":   object{"schema": schemaVersion},
		"_source": object{"includes": []string{
			recordField, articleField, groupField, collapseField, memberField, itemsField, firstField, dayField,
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
		"position_increment_gap": gap,
	}
	return object{"properties": object{charactersStream: stream, joinedStream: stream, gramsStream: termsOnly()}}
}

func paragraphs() object {
	keyword := object{"type": "keyword", "ignore_above": maxValue}
	return object{
		"type": "nested",
		"properties": object{
			kindField:           keyword,
			sectionField:        keyword,
			keyOf(sectionField): keyword,
			leadField:           object{"type": "boolean"},
			textField:           streams(),
			sectionTextField:    streams(),
			paragraphWords:      termsOnly(),
		},
	}
}
