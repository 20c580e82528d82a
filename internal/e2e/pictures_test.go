package e2e

import (
	"bytes"
	"cmp"
	"flag"
	"image"
	"image/color"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"
)

var pictures = flag.String("pictures", "", "folder to which TestPictures writes the pictures of docs/screens")

// TestPictures takes the pictures of the documentation; it only runs with -pictures.
func TestPictures(t *testing.T) {
	if *pictures == "" {
		t.Skip("no -pictures folder given")
	}
	base := serveSamples(t)
	ctx := openBrowser(t)
	for _, p := range []struct {
		name, path      string
		width           int64
		colours, reader string
		steps           []step
	}{
		{"search", "/search?q=青禾大桥", 1280, "light", "zh-CN", nil},
		{"article", states["article"], 1280, "light", "zh-CN", []step{chromedp.KeyEvent("nn")}},
		{"context", states["context"], 1280, "light", "zh-CN", nil},
		{"compare", states["compare"] + "&from=2025-01-01", 1280, "light", "zh-CN", nil},
		{"versions", states["versions"], 1280, "light", "zh-CN", nil},
		{"browse", states["calendar"], 1280, "light", "zh-CN", nil},
		{"empty", states["empty"], 1280, "light", "zh-CN", nil},
		{"error", states["error"], 1280, "light", "zh-CN", nil},
		{"dark", states["filtered"], 1280, "dark", "zh-CN", nil},
		{"english", states["paragraph"], 1280, "light", "en", nil},
		{"narrow", "/search?q=云汀湖 治理", 360, "light", "zh-CN", nil},
		{"narrow-article", states["article"], 360, "dark", "zh-CN", []step{chromedp.KeyEvent("nn")}},
	} {
		do(t, ctx, preferring(p.reader), screen(p.width), scheme(p.colours),
			chromedp.Navigate(base+encode(p.path)))
		do(t, ctx, p.steps...)
		taken, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
		if err != nil {
			t.Fatal(err)
		}
		small, err := shrink(taken)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(*pictures, p.name+".png"), small, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// mostColours is the size of a PNG's palette. Half of it are the most frequent
// colours, so that areas stay unchanged; the other half are always the colour farthest
// from those already chosen, so that no shade of a letter's edge is far off (k-center,
// Gonzalez 1985).
const mostColours = 256

// shrink writes a PNG with a palette.
func shrink(taken []byte) ([]byte, error) {
	full, err := png.Decode(bytes.NewReader(taken))
	if err != nil {
		return nil, err
	}
	bounds, counts := full.Bounds(), map[color.RGBA]int{}
	at := func(x, y int) color.RGBA { return color.RGBAModel.Convert(full.At(x, y)).(color.RGBA) }
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			counts[at(x, y)]++
		}
	}
	palette := paletteOf(counts)
	index, out := map[color.RGBA]uint8{}, image.NewPaletted(bounds, palette)
	for c := range counts {
		index[c] = uint8(palette.Index(c))
	}
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			out.SetColorIndex(x, y, index[at(x, y)])
		}
	}
	var b bytes.Buffer
	err = (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, out)
	return b.Bytes(), err
}

func paletteOf(counts map[color.RGBA]int) color.Palette {
	colours := slices.SortedFunc(maps.Keys(counts), func(a, b color.RGBA) int {
		return cmp.Or(counts[b]-counts[a], int(a.R)-int(b.R), int(a.G)-int(b.G), int(a.B)-int(b.B))
	})
	var palette color.Palette
	away := make([]int, len(colours)) // squared distance to the nearest colour of the palette
	add := func(i int) {
		palette = append(palette, colours[i])
		for j, c := range colours {
			r, g, b := int(c.R)-int(colours[i].R), int(c.G)-int(colours[i].G), int(c.B)-int(colours[i].B)
			if d := r*r + g*g + b*b; len(palette) == 1 || d < away[j] {
				away[j] = d
			}
		}
	}
	for i := range min(len(colours), mostColours/2) {
		add(i)
	}
	for len(palette) < min(len(colours), mostColours) {
		add(slices.Index(away, slices.Max(away)))
	}
	return palette
}
