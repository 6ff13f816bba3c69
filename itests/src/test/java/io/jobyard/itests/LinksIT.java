// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.Test;

/** The pages lead nowhere where nothing is, neither here nor in the program. */
public class LinksIT {

    private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```$|`[^`\\n]*`");
    private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)|(?:src|href)=\"([^\"]+)\"");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*)$");

    @Test
    public void everyLinkOfTheSourcesLeadsSomewhere() throws Exception {
        assertThat(dead(Path.of(".."))).isEmpty();
    }

    @Test
    public void everyLinkOfTheProgramLeadsSomewhere() throws Exception {
        assertThat(dead(Program.HOME)).isEmpty();
    }

    private static List<String> dead(Path root) throws IOException {
        List<String> dead = new ArrayList<>();
        for (Path page : pages(root)) {
            LINK.matcher(CODE.matcher(Files.readString(page)).replaceAll(""))
                    .results()
                    .map(link -> link.group(1) != null ? link.group(1) : link.group(2))
                    .filter(link -> !link.matches("[a-z]+:.*"))
                    .filter(link -> !leads(page, link))
                    .forEach(link -> dead.add(root.relativize(page) + ": " + link));
        }
        return dead;
    }

    private static List<Path> pages(Path root) throws IOException {
        try (Stream<Path> files = Stream.concat(Files.list(root), Files.walk(root.resolve("docs")))) {
            List<Path> pages = files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.toString().contains("node_modules")) // of the site's packages
                    .toList();
            assertThat(pages).contains(root.resolve("README.md"), root.resolve("docs/tutorial/first-handler.md"));
            return pages;
        }
    }

    private static boolean leads(Path page, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
        return Files.exists(target) && (parts.length == 1 || anchors(target).contains(parts[1]));
    }

    /** As GitHub makes them of headings. */
    private static Set<String> anchors(Path page) {
        Set<String> anchors = new HashSet<>();
        try {
            HEADING.matcher(FENCED.matcher(Files.readString(page)).replaceAll(""))
                    .results()
                    .map(heading -> heading.group(1)
                            .toLowerCase(Locale.ROOT)
                            .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                            .replace(' ', '-'))
                    .forEach(name -> {
                        String anchor = name;
                        for (int i = 1; !anchors.add(anchor); i++) {
                            anchor = name + "-" + i;
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return anchors;
    }
}
