// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The packages of the API and the SPI form no cycle. */
class PackagesTest {

    @Test
    void noPackageDependsOnItself() {
        slices().matching("io.jobyard.(**)")
                .should()
                .beFreeOfCycles()
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.jobyard.api", "io.jobyard.spi"));
    }
}
