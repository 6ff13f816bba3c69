// SPDX-License-Identifier: Apache-2.0

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Puts the sources, and the Javadoc, of what handlers and clients are compiled against beside their jars in {@code repository/}. Run by the
 * build: {@code java ApiJars.java ROOT REPOSITORY VERSION WORK TIMESTAMP true|false}. The last one says whether to make the Javadoc, which takes most of
 * the time.
 */
final class ApiJars {

    /** Packages of a module that users compile against; without any, all of its packages. */
    private record Module(String directory, boolean hasJavadoc, String... packages) {

        String name() {
            return directory.substring(directory.indexOf('/') + 1);
        }
    }

    private static final List<Module> MODULES = List.of(
            new Module("bundles/io.jobyard.api", true, "io.jobyard.api", "io.jobyard.api.handler"),
            new Module("bundles/io.jobyard.handler.llm.api", true),
            new Module("bundles/io.jobyard.testkit", false),
            new Module("tools/io.jobyard.testkit.host", true),
            new Module("tools/io.jobyard.testkit.container", false),
            new Module("tools/io.jobyard.client", true),
            new Module("tools/io.jobyard.client.sql", true),
            new Module("tools/io.jobyard.spring.boot", false));

    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]);
        for (Module module : MODULES) {
            Path sources = root.resolve(module.directory()).resolve("src/main/java");
            Path jars = Path.of(arguments[1], "io", "jobyard", module.name(), arguments[2]);
            String name = module.name() + "-" + arguments[2];
            Files.createDirectories(jars);
            jar(jars.resolve(name + "-sources.jar"), sources, arguments[4]);
            if (module.hasJavadoc() && Boolean.parseBoolean(arguments[5])) {
                Path pages = Path.of(arguments[3], module.name());
                delete(pages);
                javadoc(module, root, sources, pages);
                jar(jars.resolve(name + "-javadoc.jar"), pages, arguments[4]);
            }
        }
    }

    private static void jar(Path file, Path content, String date) {
        run(
                "jar",
                "--create",
                "--no-manifest",
                "--date=" + date,
                "--file=" + file,
                "-C",
                content.toString(),
                ".");
    }

    private static void javadoc(Module module, Path root, Path sources, Path pages) throws IOException {
        List<String> options = new ArrayList<>(List.of(
                "-quiet", "-notimestamp", "-nohelp", "-notree", "-Xdoclint:none", "-encoding", "UTF-8"));
        options.addAll(List.of("-d", pages.toString(), "-sourcepath", sources.toString()));
        // What annotates the API is not on this path; the pages do without it.
        options.addAll(List.of("--ignore-source-errors", "-classpath", classes(root)));
        if (module.packages().length == 0) {
            options.addAll(List.of("-subpackages", "io.jobyard"));
        }
        options.addAll(List.of(module.packages()));
        run("javadoc", options.toArray(String[]::new));
    }

    private static String classes(Path root) throws IOException {
        try (Stream<Path> bundles = Files.list(root.resolve("bundles"));
                Stream<Path> tools = Files.list(root.resolve("tools"))) {
            return String.join(
                    java.io.File.pathSeparator,
                    Stream.concat(bundles, tools)
                            .map(module -> module.resolve("target/classes"))
                            .filter(Files::isDirectory)
                            .map(Path::toString)
                            .toList());
        }
    }

    private static void run(String tool, String... arguments) {
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        if (ToolProvider.findFirst(tool).orElseThrow().run(out, out, arguments) != 0) {
            throw new IllegalStateException(tool + " failed: " + said);
        }
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }
}
