// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each package of the store imports only the packages of the store that its {@code package-info} names. */
class PackagesTest {

    private static final String ROOT = "io.jobyard.store.jpa";
    private static final Path SOURCES = Path.of("src/main/java", ROOT.split("\\."));
    private static final Pattern IMPORTS = Pattern.compile("Imports ([a-z, ]+)\\.");

    private final JavaClasses store = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void aPackageImportsWhatItsInfoNames() throws IOException {
        List<String> packages = packages();
        assertThat(packages).contains("commit", "rows", "feed", "index", "cluster", "copy");
        for (String name : packages) {
            List<String> named = named(name);
            assertThat(packages).containsAll(named);
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + "." + name)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(Stream.concat(
                                    Stream.of(ROOT),
                                    packages.stream()
                                            .filter(other -> !other.equals(name) && !named.contains(other))
                                            .map(other -> ROOT + "." + other))
                            .toArray(String[]::new))
                    .check(store);
        }
    }

    private static List<String> packages() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            return files.filter(Files::isDirectory)
                    .map(directory -> directory.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private static List<String> named(String name) throws IOException {
        String info = Files.readString(SOURCES.resolve(name).resolve("package-info.java"))
                .replaceAll("\\s*\\n \\* ?", " ");
        Matcher matcher = IMPORTS.matcher(info);
        assertThat(matcher.find()).as(info).isTrue();
        return Stream.of(matcher.group(1).split(", | and "))
                .filter(each -> !each.equals("nothing of the store"))
                .toList();
    }
}
