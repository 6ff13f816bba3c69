// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.FileReader;
import java.io.FileWriter;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The API and the SPI hold words: what does something with files, keys or a log belongs to another bundle. */
class WordsOnlyTest {

    private final JavaClasses api = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.jobyard.api", "io.jobyard.spi");

    /** A path is a word: where a backup goes. */
    @Test
    void itOpensNoFile() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.nio.file..", "java.nio.channels..")
                        .and(not(type(Path.class))))
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(
                        File.class,
                        FileInputStream.class,
                        FileOutputStream.class,
                        FileReader.class,
                        FileWriter.class,
                        RandomAccessFile.class)
                .check(api);
    }

    /** What a path can do by itself is to name another; it is looked at by no one here. */
    @Test
    void itCallsNothingOfAPath() {
        noClasses().should().callMethodWhere(target(owner(type(Path.class)))).check(api);
    }

    @Test
    void itEncryptsAndSealsNothing() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.security..", "javax.crypto..")
                .check(api);
    }

    @Test
    void itLogsNothing() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.slf4j..", "java.util.logging..", "org.osgi.service.log..")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(System.Logger.class)
                .check(api);
    }
}
