// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.options;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import io.jobyard.testkit.container.JobyardContainer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ops4j.pax.exam.Option;

/** The program in a container, for a test that is one of its bundles, with a handler's jar at hand. */
final class Container {

    private Container() {}

    static Option[] ofProgram() throws Exception {
        Path instances = Path.of(System.getProperty("instances", "target/instances"));
        Path handler = Files.createTempFile(Files.createDirectories(instances), "words", ".jar");
        return options(
                JobyardContainer.of(Program.HOME, instances),
                library(org.assertj.core.api.Assertions.class),
                library(net.bytebuddy.ByteBuddy.class),
                systemProperty("handler.jar")
                        .value(HandlerJar.write(handler.toAbsolutePath(), "1.0.0")
                                .toString()));
    }

    private static Option library(Class<?> type) {
        return bundle(type.getProtectionDomain().getCodeSource().getLocation().toString());
    }
}
