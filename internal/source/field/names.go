package field

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Field is a member of an article record.
type Field string

// The fields that a member of a record can be read into.
const (
	ID          Field = "id"
	Publication Field = "publication"
	Date        Field = "date"
	Page        Field = "page"
	PageName    Field = "page_name"
	Title       Field = "title"
	Kicker      Field = "kicker"
	Subtitle    Field = "subtitle"
	Byline      Field = "byline"
	Source      Field = "source"
	URL         Field = "url"
	Text        Field = "text"
	File        Field = "file"
	Confidence  Field = "confidence"
	Paragraphs  Field = "paragraphs"

	none Field = "" // known, and left out
)

// Fields lists what --map can read.
var Fields = []Field{Text, Title, Date, Byline, Source, URL, Publication, Page, PageName, Kicker, Subtitle, ID}

// names lists, for each field, the names by which members are known, the most reliable first:
// in any case, with or without hyphens, underscores and blanks.
var names = map[Field]string{
	ID: `id news_id article_id doc_id docno guid uuid aid nid item_id newsid 编号 序号`,
	Publication: `publication newspaper paper paper_name newspaper_name 报纸 报纸名称 报名 报刊 刊名 media_name site_name site
		website nickname account_name 公众号 公众号名称 媒体 媒体名称`,
	Date: `date pub_time publish_time pub_date publish_date published_at published publish_at date_published
		published_time publication_date release_time release_date post_time post_date posted_at issue_date
		news_date news_time display_time show_time 发布时间 发布日期 发表时间 发表日期 刊发日期 出版日期 日期
		datetime time ctime create_time created_at created create_date input_time add_time 时间 timestamp
		updated date_line`,
	Page:     `page page_no page_number 版次 版号 版面号 版`,
	PageName: `page_name 版名 版面 category category_name categories cate 分类 类别 新闻类别 channel channel_name 频道 栏目 column 板块`,
	Title: `title headline 标题 题目 题名 主题 主标题 新闻标题 文章标题 news_title article_title content_title doc_title
		video_title subject topic`,
	Kicker:   `kicker 引题 肩题 眉题`,
	Subtitle: `subtitle sub_title 副题 副标题`,
	Byline: `byline author authors 作者 记者 author_name writer reporter reporters creator journalist 撰稿 作者名称 发布者
		发布人`,
	Source: `source 来源 新闻来源 文章来源 稿件来源 信息来源 source_name src media origin from 出处 转载来源`,
	URL: `url link 链接 网址 原文链接 文章链接 连结 原文连结 href article_url news_url content_url source_url page_url
		original_url permalink web_url share_url target_uri 地址`,
	Text: `text content 正文 内容 全文 内文 文本 正文内容 文章内容 新闻内容 body article article_content news_content content_text
		text_content main_text maintext main_content full_text article_body article_text story passage document
		doc contents content_html html_content news_body`,
	File:       `file`,
	Confidence: `confidence`,
	Paragraphs: `paragraphs`,
}

// outlines are other names of a text that are read only where nothing else holds one.
const outlines = `description desc summary abstract 摘要 简介 导读 brief digest intro excerpt`

// leftOut are members about a record rather than of the article: when a program fetched it,
// what readers did, pictures. They are known, counted and left out.
const leftOut = `crawl_time crawl_date crawled_at crawl_at crawl_timestamp crawler crawler_name spider spider_name
	spider_time fetch_time fetched_at fetch_date scraped_at scrape_time collect_time insert_time insert_date
	gather_time get_time download_time update_time updated_at update_date modified modified_at last_modified
	date_modified edit_time 采集时间 抓取时间 爬取时间 入库时间 更新时间 md5 sha1 sha256 hash simhash url_md5 etag version
	views view_count read_count readcount reads clicks click_count hits pv likes like_count praise up_vote
	comments comment_count comments_count reply_count replies share_count shares forward_count repost_count
	hot score rank position 阅读量 浏览量 点击量 阅读数 评论数 点赞数 转发数 keywords keyword key_words tags tag
	关键词 关键字 标签 images image imgs img pics pic pictures picture cover cover_url thumbnail thumb thumb_url
	video_url video videos img_url img_list image_list image_url image_urls 图片 language lang 语言 country
	charset encoding index status status_code is_deleted is_original type html raw_html raw length word_count
	content_length date_gmt modified_gmt slug comment_status ping_status sticky template featured_media protected 字数 editor 责任编辑 责编 编辑 copyright`

// known is what a name of a member stands for.
type known struct {
	field Field
	rank  int // of several members with values for a field, the lowest counts
}

const (
	mappedRank  = -1
	nestedRank  = 500 // of members of objects in a record
	noDayRank   = 400 // of members for a date whose value is none
	outlineRank = 1000
)

// byName is the table of all names, folded.
var byName = table()

func table() map[string]known {
	all := map[string]known{}
	for field, list := range names {
		for rank, name := range strings.Fields(list) {
			all[fold(name)] = known{field, rank}
		}
	}
	for rank, name := range strings.Fields(outlines) {
		all[fold(name)] = known{Text, outlineRank + rank}
	}
	for name := range strings.FieldsSeq(leftOut) {
		if _, taken := all[fold(name)]; !taken {
			all[fold(name)] = known{field: none}
		}
	}
	return all
}

// fold returns a name in small letters and simplified characters, without hyphens, underscores
// and blanks.
func fold(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '_' || r == '-' || unicode.IsSpace(r) || r == 0xfeff:
			return -1
		case r >= 0xff01 && r <= 0xff5e:
			return unicode.ToLower(r - 0xfee0)
		}
		return unicode.ToLower(simplify(r))
	}, name)
}

// simplified are the traditional characters in names of members, in pairs with the simplified.
var simplified = func() map[rune]rune {
	all := map[rune]rune{}
	pairs := []rune("標标題题發发佈布時时間间來来記记報报紙纸網网鏈链連连結结內内頻频欄栏類类別别編编號号責责輯辑關关鍵键詞词籤签圖图" +
		"語语國国簡简導导讀读評评論论數数點点讚赞轉转採采庫库體体稱称處处載载聞闻訊讯")
	for i := 0; i < len(pairs); i += 2 {
		all[pairs[i]] = pairs[i+1]
	}
	return all
}()

func simplify(r rune) rune {
	if to, ok := simplified[r]; ok {
		return to
	}
	return r
}

// Simplify replaces the traditional characters that names of members have. Offsets stay.
func Simplify(text string) string {
	if !utf8.ValidString(text) {
		return text // Map would make three bytes of an invalid one
	}
	return strings.Map(simplify, text)
}

// IsKnown reports whether a name stands for a field, and for which; "" for one that is known and
// left out.
func IsKnown(name string) (f Field, ok bool) {
	k, ok := byName[fold(name)]
	return k.field, ok
}
