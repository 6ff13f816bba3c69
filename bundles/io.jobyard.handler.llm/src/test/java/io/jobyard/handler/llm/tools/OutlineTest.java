// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.tools;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutlineTest {

    private static final Tokenizer TOKENIZER = new Tokenizer();
    private final Outline outline = new Outline(TOKENIZER);

    @Test
    void listsHeadingsWithTheTokensOfTheirSections() {
        String intro = "Text before.\n\n";
        String first = "# First\n\nWords.\n\n";
        String sub = "## Sub\n\nMore words.\n\n";
        String second = "Second\n======\n\nEnd.\n";

        assertThat(outline.of(intro + first + sub + second))
                .containsExactly(
                        new Heading(1, "First", 3, TOKENIZER.count(first + sub)),
                        new Heading(2, "Sub", 7, TOKENIZER.count(sub)),
                        new Heading(1, "Second", 11, TOKENIZER.count(second)));
    }

    @Test
    void takesNoCommentInACodeFenceForAHeading() {
        assertThat(outline.of("# Real\n\n```bash\n# not this\n```\n\n~~~\n# nor this\n~~~\n\n    # nor this\n"))
                .extracting(Heading::title)
                .containsExactly("Real");
    }

    @Test
    void leavesOutHeadingsInsideQuotesAndLists() {
        assertThat(outline.of("> # Quoted\n\n- # Listed\n\n# Real\n"))
                .extracting(Heading::title)
                .containsExactly("Real");
    }

    @Test
    void givesTheTitleWithoutItsMarkup() {
        assertThat(outline.of("## The `code` of *a* [link](https://example.org) &amp; more ##"))
                .extracting(Heading::title)
                .containsExactly("The code of a link & more");
    }

    @Test
    void countsLinesAndSectionsWithWindowsLineEnds() {
        String first = "# One\r\n\r\nText.\r\n";
        String second = "# Two\r\n";

        assertThat(outline.of(first + second))
                .containsExactly(
                        new Heading(1, "One", 1, TOKENIZER.count(first)),
                        new Heading(1, "Two", 4, TOKENIZER.count(second)));
    }

    @Test
    void findsNothingInAnEmptyText() {
        assertThat(outline.of("")).isEmpty();
    }
}
