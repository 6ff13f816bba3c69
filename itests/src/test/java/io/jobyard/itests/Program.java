// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The program that the build made. */
final class Program {

    static final Path HOME = Path.of(System.getProperty("program", "../distribution/target/jobyard"))
            .toAbsolutePath()
            .normalize();

    /** The bundle with the types of the tutorials, which no host has by itself. */
    static final Path EXAMPLES = HOME.resolve("examples/io.jobyard.handler.examples.jar");

    private Program() {}

    /** Its own bundle list: {@code bundles/LEVEL/*.jar}. */
    static List<ListedBundle> bundles() {
        try (Stream<Path> files = Files.walk(HOME.resolve("bundles"))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .map(ListedBundle::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("build the distribution first: mvn package", e);
        }
    }

    record ListedBundle(Path jar) {

        int level() {
            return Integer.parseInt(jar.getParent().getFileName().toString());
        }

        String header(String name) {
            try (JarFile file = new JarFile(jar.toFile())) {
                String value = file.getManifest().getMainAttributes().getValue(name);
                return value == null ? "" : value;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String name() {
            return header("Bundle-SymbolicName").split(";")[0];
        }

        @Override
        public String toString() {
            return jar.getFileName().toString();
        }
    }
}
