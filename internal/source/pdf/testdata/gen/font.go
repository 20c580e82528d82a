package main

import (
	"encoding/binary"
	"os"
	"unicode/utf16"
)

// writeFont writes the TrueType fonts that draw every character as a box.
func writeFont(path string) error { return os.WriteFile(path, font(), 0o644) }

// table is one of a TrueType font.
type table struct {
	tag  string
	data []byte
}

// words are 16-bit numbers, most significant byte first.
func words(values ...int) []byte {
	var out []byte
	for _, v := range values {
		out = binary.BigEndian.AppendUint16(out, uint16(v))
	}
	return out
}

func longs(values ...uint32) []byte {
	var out []byte
	for _, v := range values {
		out = binary.BigEndian.AppendUint32(out, v)
	}
	return out
}

// families are common fonts for Chinese that files refer to without having them.
var families = []string{
	"Boxes", "SimSun", "NSimSun", "SimHei", "KaiTi", "FangSong", "Microsoft YaHei", "DengXian", "STSong", "STHeiti",
	"STKaiti", "STFangsong", "STZhongsong", "PMingLiU", "MingLiU", "FZShuSong-Z01", "FZXiaoBiaoSong-B05", "FZHei-B01",
	"FZKai-Z03", "FZFangSong-Z02",
}

// font is a collection of equal fonts, one for each family, which differ in their names.
// They have two glyphs, both boxes of 1000 units.
func font() []byte {
	box := append(words(1, 50, -70, 950, 830, 3, 0), 1, 1, 1, 1) // one contour, four points on it
	box = append(box, words(50, 900, 0, -900, -70, 0, 900, 0)...)
	n := len(box) / 2
	const magic1, magic2 = 0x5f0f, 0x3cf5
	tables := []table{
		{"OS/2", os2()},
		{"cmap", cmap()},
		{"glyf", append(box, box...)},
		{"head", words(1, 0, 1, 0, 0, 0, magic1, magic2, 0, 1000, 0, 0, 0, 0, 0, 0, 0, 0,
			0, -120, 1000, 880, 0, 8, 2, 0, 0)},
		{"hhea", words(1, 0, 880, -120, 0, 1000, 0, 0, 1000, 1, 0, 0, 0, 0, 0, 0, 0, 2)},
		{"hmtx", words(1000, 50, 1000, 50)},
		{"loca", words(0, n, 2*n)},
		{"maxp", words(1, 0, 2, 4, 1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0)},
		{"name", nil},
		{"post", append(longs(0x00030000, 0), make([]byte, 24)...)},
	}
	directory := 12 + 16*len(tables)
	out := append([]byte("ttcf"), longs(0x00010000, uint32(len(families)))...)
	first := len(out) + 4*len(families)
	for i := range families {
		out = append(out, longs(uint32(first+i*directory))...)
	}
	return collect(out, tables, first+len(families)*directory)
}

// collect appends the fonts to the head of a collection: their directories, the tables
// that they share, their names.
func collect(out []byte, tables []table, at int) []byte {
	var shared []byte
	places := make([]int, len(tables))
	pad := func(data []byte) []byte { return append(data, make([]byte, -len(data)&3)...) }
	for i, t := range tables {
		places[i] = at + len(shared)
		shared = append(shared, pad(t.data)...)
	}
	for _, family := range families {
		name := names(family)
		place := at + len(shared)
		shared = append(shared, pad(name)...)
		out = append(out, words(1, 0, len(tables), 128, 3, 32)...)
		for i, t := range tables {
			if t.tag == "name" {
				t.data, places[i] = name, place
			}
			out = append(out, t.tag...)
			out = append(out, longs(0, uint32(places[i]), uint32(len(t.data)))...)
		}
	}
	return append(out, shared...)
}

// cmap maps all characters to glyph 1: format 13, many to one.
func cmap() []byte {
	const groups, size = 1, 16 + 12
	out := words(0, 1, 3, 10) // one table, for all of Unicode
	out = append(out, longs(12)...)
	out = append(out, words(13, 0)...)
	return append(out, longs(size, 0, groups, 0x20, 0x10ffff, 1)...)
}

// os2 says that the font has Chinese, Japanese and Korean characters.
func os2() []byte {
	out := words(1, 1000, 400, 5, 0)
	out = append(out, make([]byte, 20)...)                        // sub- and superscripts, strikeout
	out = append(out, make([]byte, 2+10)...)                      // class, Panose
	out = append(out, longs(0, 1<<27, 0, 0)...)                   // CJK unified ideographs
	out = append(out, "    "...)                                  // vendor
	out = append(out, words(0x40, 0x20, 0xffff, 880, -120, 0)...) // regular
	out = append(out, words(880, 120)...)
	return append(out, longs(1<<17|1<<18|1<<19|1<<20, 0)...)
}

// names are family, style and full name of the font.
func names(family string) []byte {
	values := []string{family, "Regular", family}
	var records, text []byte
	for i, id := range []int{1, 2, 4} {
		var value []byte
		for _, unit := range utf16.Encode([]rune(values[i])) {
			value = append(value, words(int(unit))...)
		}
		records = append(records, words(3, 1, 0x409, id, len(value), len(text))...)
		text = append(text, value...)
	}
	head := words(0, len(values), 6+12*len(values))
	return append(append(head, records...), text...)
}
