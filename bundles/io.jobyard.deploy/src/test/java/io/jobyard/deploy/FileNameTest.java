// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {

    private static final Pattern FACTORY = Pattern.compile(" FACTORY = \"(io\\.jobyard\\.[a-z.]+)\"");

    @ParameterizedTest
    @CsvSource({
        "io.jobyard.worker.cfg, io.jobyard.worker",
        "io.jobyard.limits-openai.cfg, io.jobyard.limits~openai",
        "io.jobyard.llm.endpoints-openai.cfg, io.jobyard.llm.endpoints~openai",
        "io.jobyard.queues-a-b.c.cfg, io.jobyard.queues~a-b.c",
        "io.jobyard.types-a.json.cfg, io.jobyard.types~a.json",
        "io.jobyard.exec.commands-to_html.cfg, io.jobyard.exec.commands~to_html",
        "io.jobyard.calendars-holidays.cfg, io.jobyard.calendars~holidays",
        "io.jobyard.roles-.cfg, io.jobyard.roles~",
        "io.jobyard.roles.cfg, io.jobyard.roles",
        "io.jobyard.wroker.cfg, io.jobyard.wroker",
        "io.jobyard.access-x.cfg, io.jobyard.access-x",
        "com.acme.reports.cfg, com.acme.reports",
        "com.acme.reports-a-b.cfg, com.acme.reports~a-b",
        "roles-x.cfg, roles~x"
    })
    void aFileIsNamedByThePidAndTheFactorysName(String file, String pid) {
        FileName name = FileName.of(file).orElseThrow();
        assertThat(name.target().configuredPid()).isEqualTo(pid);
        assertThat(name.isRight()).isTrue();
    }

    /** A factory that is not known here gets no configuration from its files. */
    @Test
    void everyFactoryOfABundleIsKnown() throws IOException {
        List<String> factories = new ArrayList<>();
        try (Stream<Path> sources = Files.walk(Path.of(".."))) {
            for (Path source : sources.filter(each -> each.toString().endsWith("Settings.java")
                            || each.toString().endsWith("Rules.java"))
                    .toList()) {
                FACTORY.matcher(Files.readString(source)).results().forEach(found -> factories.add(found.group(1)));
            }
        }
        assertThat(factories)
                .hasSizeGreaterThan(8)
                .allSatisfy(factory -> assertThat(FileName.of(factory + "-x.cfg")
                                .orElseThrow()
                                .target()
                                .configuredPid())
                        .isEqualTo(factory + "~x"));
    }

    @ParameterizedTest
    @CsvSource({
        "io.jobyard.limits-a.conf, io.jobyard.limits-a.cfg",
        "io.jobyard.limits-a.CFG, io.jobyard.limits-a.cfg",
        "io.jobyard.limits-a.cfg.txt, io.jobyard.limits-a.cfg",
        "io.jobyard.limits-a, io.jobyard.limits-a.cfg",
        "io.jobyard.limit-a.cfg, io.jobyard.limits-a.cfg",
        "io.jobyard.llm.endpoint_a.cfg, io.jobyard.llm.endpoints-a.cfg",
        "io.jobyard.roles~b.cfg, io.jobyard.roles-b.cfg",
        "io.jobyard.queues_llm.cfg, io.jobyard.queues-llm.cfg",
        "io.jobyard.role-b.properties, io.jobyard.roles-b.cfg",
        "IO.Jobyard.Types-Echo.cfg, io.jobyard.types-Echo.cfg",
        "jobyard.roles-b.config, io.jobyard.roles-b.cfg",
        "io.jobyard.exec.command-a.conf, io.jobyard.exec.commands-a.cfg",
        "io.jobyard.access.conf, io.jobyard.access.cfg",
        "io.jobyard.Worker.yaml, io.jobyard.worker.cfg"
    })
    void aNameThatComesCloseIsWrongAndUnderstood(String file, String right) {
        FileName name = FileName.of(file).orElseThrow();
        assertThat(name.target().file()).isEqualTo(right);
        assertThat(name.isRight()).isFalse();
        assertThat(name.isOurs()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "logback.xml",
                "io.jobyard.roles-a.cfg.bak",
                "io.jobyard.roles-a.cfg~",
                "io.jobyard.roles-a.cfg.off",
                "io.jobyard.roles-a.cfg.2026-10-01",
                "io.jobyard.roles-a.cfg.monday",
                "io.jobyard.roles-a.conf.old",
                "io.jobyard.roles-a.cfg.rpmnew",
                ".io.jobyard.roles-a.cfg.swp",
                ".io.jobyard.roles-a.cfg",
                "#io.jobyard.roles-a.cfg#",
                "readme.txt",
                "com.acme.conf"
            })
    void whatIsSetAsideOrAnothersIsNone(String file) {
        assertThat(FileName.of(file)).isEmpty();
    }

    @Test
    void aFileThatNamesJobyardAndMeansNothingIsSeenToo() {
        FileName name = FileName.of("my-jobyard-roles.conf").orElseThrow();
        assertThat(name.target().configuredPid()).isEqualTo("my-jobyard-roles.conf");
        assertThat(name.isRight()).isFalse();
        assertThat(name.isOurs()).isFalse();
    }
}
