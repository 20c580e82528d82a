package client

import (
	"context"
	"io"
	"iter"
	"net/http"
	"net/url"
	"strconv"
)

// Search returns a page of hits.
func (c *Client) Search(ctx context.Context, r SearchRequest) (*SearchResponse, error) {
	return getJSON[SearchResponse](ctx, c, searchPath, r.values())
}

// maxSize is the most hits in one answer.
const maxSize = 100

// Hits returns all hits in order, from the cursor on if there is one. It asks for the next ones
// while the loop goes on; an error ends it. If a new index is served meanwhile, the error is
// CursorExpired. Export is faster for many hits, and comes from one index.
func (c *Client) Hits(ctx context.Context, r SearchRequest) iter.Seq2[Hit, error] {
	return func(yield func(Hit, error) bool) {
		next := r
		if next.Size == 0 {
			next.Size = maxSize
		}
		for {
			page, err := c.Search(ctx, next)
			if err != nil {
				yield(Hit{}, err)
				return
			}
			for _, h := range page.Hits {
				if !yield(h, nil) {
					return
				}
			}
			if page.Cursor == "" {
				return
			}
			next.Cursor = page.Cursor
		}
	}
}

// Article returns an article as it was indexed.
func (c *Client) Article(ctx context.Context, id string) (*Record, error) {
	return getJSON[Record](ctx, c, articlesPath+url.PathEscape(id), nil)
}

// Citation returns a reference to an article; the style "" is GBT7714.
func (c *Client) Citation(ctx context.Context, id string, style Style) (string, error) {
	p := parameters{}
	p.add("style", string(style))
	resp, err := c.send(ctx, http.MethodGet, articlesPath+url.PathEscape(id)+"/citation", url.Values(p), nil)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	return string(text), err
}

// Similar returns articles that are similar to an article, the most similar first; the size 0 is
// the server's default.
func (c *Client) Similar(ctx context.Context, id string, size int) ([]Article, error) {
	p := parameters{}
	p.number("size", size)
	return c.related(ctx, id, "/similar", url.Values(p))
}

// NearDuplicates returns the near-duplicates of an article.
func (c *Client) NearDuplicates(ctx context.Context, id string) ([]Article, error) {
	return c.related(ctx, id, "/near-duplicates", nil)
}

func (c *Client) related(ctx context.Context, id, kind string, values url.Values) ([]Article, error) {
	list, err := getJSON[Articles](ctx, c, articlesPath+url.PathEscape(id)+kind, values)
	if err != nil {
		return nil, err
	}
	return list.Articles, nil
}

// Suggest completes a prefix, in characters or pinyin; the size 0 is the server's default.
func (c *Client) Suggest(ctx context.Context, prefix string, size int) ([]Suggestion, error) {
	values := url.Values{"q": {prefix}}
	if size > 0 {
		values.Set("size", strconv.Itoa(size))
	}
	list, err := getJSON[Suggestions](ctx, c, suggestPath, values)
	if err != nil {
		return nil, err
	}
	return list.Suggestions, nil
}

// Trends returns the hits of up to five queries over time.
func (c *Client) Trends(ctx context.Context, r TrendsRequest) (*Trends, error) {
	return getJSON[Trends](ctx, c, trendsPath, r.values())
}

// Publications returns the newspapers of the archive.
func (c *Client) Publications(ctx context.Context) ([]Publication, error) {
	list, err := getJSON[Publications](ctx, c, issuesPath, nil)
	if err != nil {
		return nil, err
	}
	return list.Publications, nil
}

// IssueDates returns the days of a newspaper's issues.
func (c *Client) IssueDates(ctx context.Context, publication string) ([]IssueDate, error) {
	list, err := getJSON[IssueDates](ctx, c, issuesPath, url.Values{"publication": {publication}})
	if err != nil {
		return nil, err
	}
	return list.Issues, nil
}

// Issue returns the pages of a newspaper's issue.
func (c *Client) Issue(ctx context.Context, publication, day string) (*Issue, error) {
	return getJSON[Issue](ctx, c, issuesPath, url.Values{"publication": {publication}, "date": {day}})
}

// Health reports that the server runs, and its version.
func (c *Client) Health(ctx context.Context) (*Health, error) {
	return getJSON[Health](ctx, c, healthPath, nil)
}

// Ready reports that the server can search. Until it can, the request is repeated.
func (c *Client) Ready(ctx context.Context) (*Ready, error) {
	return getJSON[Ready](ctx, c, readyPath, nil)
}
