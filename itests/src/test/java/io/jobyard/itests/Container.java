// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.options;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import io.jobyard.testkit.container.JobyardContainer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
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

    /** For tests inside the container, which have no library for it. */
    static void awaitThat(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for 60 s").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private static Option library(Class<?> type) {
        return bundle(type.getProtectionDomain().getCodeSource().getLocation().toString());
    }
}
