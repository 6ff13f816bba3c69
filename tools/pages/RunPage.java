// SPDX-License-Identifier: Apache-2.0

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs a page: {@code java tools/pages/RunPage.java [--write] PAGE HOME DIRECTORY}.
 *
 * <p>The sh blocks go, as they are written, through one shell that begins in DIRECTORY. What a block prints must be the
 * text block that follows it; ids, times, durations and the width of columns may differ. A block without a text block
 * must not fail. {@code --write} writes what was printed into the page instead. HOME stands in a page as {@code
 * /home/ann}, and the user's name as {@code ann}.
 */
public final class RunPage {

    private static final Pattern BLOCK =
            Pattern.compile("^```sh\\n(.*?)^```\\n(?:\\n```text\\n(.*?)^```\\n)?", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern MARK = Pattern.compile("\u001e(\\d+) (.*)\\n");

    private static final String FAULT = "'page_fault=\"$? of: $BASH_COMMAND\"'";

    /** What differs from one run to the next; the order counts. */
    private static final List<String[]> VARYING = List.of(
            new String[] {"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID"},
            new String[] {"\\d{4}-\\d\\d-\\d\\d", "DAY"},
            new String[] {"[T ]?\\d\\d:\\d\\d(:\\d\\d)?(\\.\\d+)?Z?", " TIME"},
            new String[] {"(\\d\\d-\\d\\d)? TIME", " TIME"},
            new String[] {"\\b\\d+(\\.\\d+)? ?(ms|s|m|min|h|d)\\b( \\d+ ?(s|m|min|h)\\b)?", "DURATION"},
            new String[] {"\\b\\d+\\.\\d\\b", "NUMBER"},
            new String[] {"\\b(?=[a-f]*\\d)[0-9a-f]{8}\\b", "ID"},
            new String[] {" on \\S+:\\d+", " on HOST"},
            new String[] {"process \\d+", "process NUMBER"},
            new String[] {"-{2,}", "-"},
            new String[] {"\\s+", " "});

    private final Path page;
    private final Path home;
    private final String source;
    private final List<MatchResult> blocks;

    private RunPage(Path page, Path home) throws IOException {
        this.page = page;
        this.home = home.toRealPath();
        source = Files.readString(page);
        blocks = BLOCK.matcher(source).results().toList();
        long told = blocks.stream().filter(block -> block.group(2) != null).count();
        if (told != Pattern.compile("(?m)^```text$").matcher(source).results().count()) {
            throw new IllegalArgumentException(page + " has a text block that follows no sh block");
        }
    }

    public static void main(String[] arguments) throws Exception {
        List<String> words = new ArrayList<>(Arrays.asList(arguments));
        boolean write = words.remove("--write");
        if (words.size() != 3) {
            System.err.println("usage: java tools/pages/RunPage.java [--write] PAGE HOME DIRECTORY");
            System.exit(2);
        }
        RunPage page = new RunPage(Path.of(words.get(0)), Path.of(words.get(1)));
        List<String> printed = page.run(Path.of(words.get(2)));
        System.exit((write ? page.write(printed) : page.compare(printed)) ? 0 : 1);
    }

    /** What each block printed; a page that ends its shell has fewer. */
    private List<String> run(Path directory) throws IOException, InterruptedException {
        StringBuilder script = new StringBuilder();
        for (int i = 0; i < blocks.size(); i++) {
            boolean mayFail = blocks.get(i).group(2) != null;
            script.append("page_fault=; trap ").append(mayFail ? "-" : FAULT).append(" ERR\n");
            script.append(blocks.get(i).group(1));
            script.append("printf '\\036%s %s\\n' ").append(i).append(" \"$page_fault\"\n");
        }
        Path file = Files.createTempFile("page", ".sh");
        Files.writeString(file, script);
        ProcessBuilder shell = new ProcessBuilder("bash", file.toString()).directory(directory.toFile());
        shell.environment().put("HOME", home.toString());
        shell.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        Process process = shell.redirectErrorStream(true).start();
        String all = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        Files.delete(file);
        return split(all);
    }

    private List<String> split(String all) {
        List<String> printed = new ArrayList<>();
        Matcher mark = MARK.matcher(all);
        int begin = 0;
        while (mark.find()) {
            boolean failed = !mark.group(2).isEmpty();
            printed.add(all.substring(begin, mark.start()) + (failed ? "\u001eexit " + mark.group(2) : ""));
            begin = mark.end();
        }
        if (printed.size() < blocks.size()) {
            printed.add(all.substring(begin) + "\u001ethe shell ended here");
        }
        return printed;
    }

    private boolean compare(List<String> printed) {
        boolean good = !blocks.isEmpty();
        for (int i = 0; i < printed.size(); i++) {
            String told = blocks.get(i).group(2);
            String seen = printed.get(i);
            boolean same = told == null ? !seen.contains("\u001e") : plain(told).equals(plain(seen));
            if (!same) {
                System.out.printf("%s: the block%n%s%s%nprinted%n%s%n%n",
                        page, blocks.get(i).group(1), told == null ? "" : "\nthat promises\n" + told,
                        shown(seen).replace("\u001e", "jobyard: "));
            }
            good &= same;
        }
        System.out.printf("%s: %d blocks run, %s%n", page, printed.size(), good ? "as it says" : "NOT as it says");
        return good;
    }

    private boolean write(List<String> printed) throws IOException {
        StringBuilder written = new StringBuilder();
        int begin = 0;
        for (int i = 0; i < printed.size(); i++) {
            MatchResult block = blocks.get(i);
            if (block.group(2) != null) {
                written.append(source, begin, block.start(2)).append(shown(printed.get(i)));
                begin = block.end(2);
            }
        }
        Files.writeString(page, written.append(source.substring(begin)));
        return printed.stream().noneMatch(text -> text.contains("\u001e"));
    }

    private String shown(String text) {
        return text.replace(home.toString(), "/home/ann")
                .replaceAll("\\b" + Pattern.quote(System.getProperty("user.name")) + "\\b", "ann")
                .replaceAll("(?m)[ \\t]+$", "");
    }

    private String plain(String text) {
        String plain = shown(text);
        for (String[] varying : VARYING) {
            plain = plain.replaceAll(varying[0], varying[1]);
        }
        return plain.strip();
    }
}
