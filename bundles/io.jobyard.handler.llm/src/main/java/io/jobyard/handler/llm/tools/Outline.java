// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.tools;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/** Outline of a Markdown text. Headings inside quotes and lists begin no section, so they are not included. */
final class Outline {

    private static final Parser PARSER =
            Parser.builder().includeSourceSpans(IncludeSourceSpans.BLOCKS).build();

    private final Tokenizer tokenizer;

    Outline(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    List<Heading> of(String markdown) {
        List<org.commonmark.node.Heading> nodes = headings(markdown);
        List<Heading> headings = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            org.commonmark.node.Heading node = nodes.get(i);
            SourceSpan span = span(node);
            String section = markdown.substring(span.getInputIndex(), end(nodes, i, markdown.length()));
            headings.add(new Heading(node.getLevel(), title(node), span.getLineIndex() + 1, tokenizer.count(section)));
        }
        return headings;
    }

    private static List<org.commonmark.node.Heading> headings(String markdown) {
        List<org.commonmark.node.Heading> headings = new ArrayList<>();
        for (Node node = PARSER.parse(markdown).getFirstChild(); node != null; node = node.getNext()) {
            if (node instanceof org.commonmark.node.Heading heading) {
                headings.add(heading);
            }
        }
        return headings;
    }

    /** Returns the end of a section: the begin of the next heading of the same or a higher level. */
    private static int end(List<org.commonmark.node.Heading> nodes, int index, int length) {
        return nodes.subList(index + 1, nodes.size()).stream()
                .filter(later -> later.getLevel() <= nodes.get(index).getLevel())
                .findFirst()
                .map(later -> span(later).getInputIndex())
                .orElse(length);
    }

    private static SourceSpan span(Node node) {
        return node.getSourceSpans().get(0);
    }

    private static String title(Node heading) {
        StringBuilder title = new StringBuilder();
        heading.accept(new AbstractVisitor() {
            @Override
            public void visit(Text text) {
                title.append(text.getLiteral());
            }

            @Override
            public void visit(Code code) {
                title.append(code.getLiteral());
            }

            @Override
            public void visit(SoftLineBreak lineBreak) {
                title.append(' ');
            }

            @Override
            public void visit(HardLineBreak lineBreak) {
                title.append(' ');
            }
        });
        return title.toString();
    }
}
