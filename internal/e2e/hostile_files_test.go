package e2e

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"fmt"
	"hash/crc32"
	"strings"

	"xunwen/internal/source/hostiletest"
)

// hostileFiles are files that would take hours or gigabytes to read as they say they want to be.
var hostileFiles = []struct {
	name    string
	content func() []byte
	says    string // the reject
}{
	{"memory.pdf", func() []byte { return hostiletest.PDF(hostiletest.Heavy) },
		"more than 512 MiB of memory"},
	{"cyclic.pdf", hostiletest.Cyclic, "pages 1 to 1000000: broken page"},
	{"none.pdf", func() []byte { return hostiletest.PDF() }, "it has no pages"},
	{"lines.txt.gz", func() []byte { return packed("", "\f大", 3_900_000, "") }, "larger than 1 MiB"},
	{"lines.txt", func() []byte { return repeated("", "大\n", 200_000, "") }, "more than 20000 lines"},
	{"paragraphs.jsonl.gz", func() []byte {
		return packed(`{"title":"t","paragraphs":[`, `{"text":"a"},`, 2_300_000, `{"text":"b"}]}`)
	}, "the article has 2300001 paragraphs"},
	{"text.jsonl.gz", func() []byte { return packed(`{"title":"t","text":"`, "大桥通车，", 2_000_000, `"}`) },
		"MiB of text"},
	{"line.jsonl", func() []byte { return repeated(`{"title":"`, "a", 40<<20, `"}`+"\n") },
		"the line is longer than 32 MiB"},
	{"tiny.jsonl.gz", func() []byte { return packed("", "{\"title\":\"x\"}\n", 1_000_000, "") },
		"bytes of text each: not news"},
	{"wrong.jsonl.gz", func() []byte { return packed("", "{\"titel\":1,}\n", 300_000, "") },
		"more with the same fault"},
	{"headings.md", func() []byte { return repeated("", "# 大\n大\n", 400_000, "") }, "more than 20000 headings"},
	{"cells.md", func() []byte {
		return repeated("# 大\n\n"+strings.Repeat("|a", 2000)+"\n"+strings.Repeat("|-", 2000)+"\n", "|x\n", 30_000, "")
	}, "more than 20000"},
	{"markers.md", func() []byte { return repeated("# 大\n\n", "|"+strings.Repeat("[", 900)+"\n", 4000, "") }, "noise"},
	{"blank.jsonl.gz", func() []byte { return bytes.Repeat(packed("", "\n", 64<<20, ""), 16) }, "MiB of blanks"},
	{"zeros.jsonl.gz", func() []byte { return packed("", "\x00", 300<<20, "") }, "MiB of blanks"},
	{"expands.jsonl.gz", func() []byte { return packed("{\"title\":\"", "a", 300<<20, "\"}\n") },
		"more than 200 times its size"},
	{"many.zip", func() []byte { return zipped(200, ".jsonl", repeated(`{"title":"`, "a", 30<<20, "\"}\n")) },
		"more than 200 times its size"},
	{"list.zip", func() []byte { return zipped(200_000, ".bin", nil) }, "199999 more files not read"},
	{"holes.tar", sparse, "more than 200 times its size"},
	{"same.jsonl.gz", func() []byte {
		return packed("", `{"id":"x","title":"新桥通车","text":"青禾大桥昨天通车，两岸居民步行过江。"}`+"\n", 1_000_000, "")
	}, "bytes: not news"},
	{"names.jsonl", func() []byte {
		return repeated(`{"title":"t",`, `"`+strings.Repeat("a", 1000)+`":{`, 9000, `"x":1`+strings.Repeat("}", 9001))
	}, "unknown member"},
	{"members.jsonl", func() []byte { return numbered(record+`"`, `,"k%d":1`, 200_000, "}\n") }, tooManyMembers},
	{"object.jsonl", func() []byte { return numbered(record+`","x":{"a":1`, `,"k%d":1`, 200_000, "}}\n") },
		tooManyMembers},
	{"array.json", func() []byte { return numbered("[\n"+record+`"`, `,"k%d":1`, 200_000, "}\n]\n") },
		tooManyMembers},
	{"objects.json", func() []byte { return numbered("[\n{\"title\":\"t\"", `,"k%d":{"a":1}`, 100_000, "}\n]\n") },
		tooManyMembers},
	{"members.dat", func() []byte {
		return numbered("<doc>\n<title>t</title><text>青禾大桥今日合龙</text>", "<k%[1]d>1</k%[1]d>", 200_000, "\n</doc>\n")
	}, tooManyMembers},
	{"front.md", func() []byte { return repeated("---\na: ", "{a: ", 200_000, "\n---\n# 大\n") },
		"no text below the title"},
	{"brackets.md", func() []byte { return repeated("+++\na = ", "[", 1_000_000, "\n+++\n# 大\n") },
		"no text below the title"},
	{"elements.rss", func() []byte {
		return repeated(`<rss xmlns:m="http://search.yahoo.com/mrss/"><channel><item>`, "<m:a>", 2_600_000, "")
	}, "more than 250 elements within each other"},
	{"items.rss", func() []byte { return repeated("<rss><channel>", "<item></item>", 1_200_000, "") },
		"more than 20000 items"},
	{"cells.csv", func() []byte { return repeated("title,text\n", "a,", 4_000_000, "") }, ":"},
	{"elements.dat", func() []byte { return repeated("<doc>", "<a>b", 3_000_000, "") }, ":1: "},
	{"elements.html", func() []byte { return repeated("<body>", "<p>a", 400_000, "") }, "no article on the page"},
}

// record is the start of one, and tooManyMembers why it is rejected with thousands of others.
const (
	record         = `{"title":"t","text":"青禾大桥今日合龙`
	tooManyMembers = "more than 20000 members"
)

// numbered returns n units, each with its number in it.
func numbered(before, unit string, n int, after string) []byte {
	b := []byte(before)
	for i := range n {
		b = fmt.Appendf(b, unit, i)
	}
	return append(b, after...)
}

func repeated(before, unit string, n int, after string) []byte {
	return []byte(before + strings.Repeat(unit, n) + after)
}

func packed(before, unit string, n int, after string) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(repeated(before, unit, n, after)) // a buffer takes all
	_ = w.Close()
	return b.Bytes()
}

// zipped returns an archive of so many files, all with the same content, which is compressed once.
func zipped(files int, ext string, content []byte) []byte {
	var deflated, b bytes.Buffer
	f, err := flate.NewWriter(&deflated, flate.BestCompression)
	if err != nil {
		panic(err) // the level is one
	}
	_, _ = f.Write(content) // a buffer takes all
	_ = f.Close()
	w, sum := zip.NewWriter(&b), crc32.ChecksumIEEE(content)
	for i := range files {
		to, err := w.CreateRaw(&zip.FileHeader{Name: fmt.Sprint(i, ext), Method: zip.Deflate, CRC32: sum,
			CompressedSize64: uint64(deflated.Len()), UncompressedSize64: uint64(len(content))})
		if err != nil {
			panic(err)
		}
		_, _ = to.Write(deflated.Bytes())
	}
	_ = w.Close()
	return b.Bytes()
}

// sparse returns an archive of 2 KB with a file of 8 GiB that is a hole.
func sparse() []byte {
	header := func(name string, kind byte, content string) []byte {
		block := make([]byte, 512, 1024)
		copy(block, name)
		copy(block[100:], fmt.Sprintf("0000644\x000000000\x000000000\x00%011o\x0000000000000\x00        %c",
			len(content), kind))
		copy(block[257:], "ustar\x0000")
		sum := 0
		for _, c := range block {
			sum += int(c)
		}
		copy(block[148:], fmt.Sprintf("%06o\x00 ", sum))
		if content == "" {
			return block
		}
		return append(block, append([]byte(content), make([]byte, 512-len(content))...)...)
	}
	pax := ""
	for _, line := range []string{"GNU.sparse.numblocks=1", "GNU.sparse.map=0,0", "GNU.sparse.size=8589934592"} {
		pax += fmt.Sprintf("%d %s\n", len(line)+len("NN \n"), line)
	}
	tar := append(header("pax", 'x', pax), header("a.jsonl", '0', "")...)
	return append(tar, make([]byte, 1024)...)
}
