// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.frameworkStartLevel;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.options;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.ops4j.pax.exam.Option;

/** The container that the program would be, from its own files, for a test that is one of its bundles. */
final class Container {

    private Container() {}

    static Option[] ofProgram() throws Exception {
        Path instances =
                Path.of(System.getProperty("instances", "target/instances")).toAbsolutePath();
        Path instance = Files.createTempDirectory(Files.createDirectories(instances), "c");
        for (String part : new String[] {"etc", "deploy", "data/log"}) {
            Files.createDirectories(instance.resolve(part));
        }
        Files.copy(Program.HOME.resolve("etc-defaults/logback.xml"), instance.resolve("etc/logback.xml"));
        return options(
                composite(Program.bundles().stream()
                        .map(listed -> bundle(listed.jar().toUri().toString()).startLevel(listed.level()))
                        .toArray(Option[]::new)),
                settings(instance),
                frameworkStartLevel(30),
                junitBundles(),
                library(org.assertj.core.api.Assertions.class),
                library(net.bytebuddy.ByteBuddy.class),
                systemProperty("handler.jar")
                        .value(HandlerJar.write(instance.resolve("words.jar"), "1.0.0")
                                .toString()),
                systemProperty("jobyard.instance").value(instance.toString()));
    }

    private static Option library(Class<?> type) {
        return bundle(type.getProtectionDomain().getCodeSource().getLocation().toString());
    }

    private static Option settings(Path instance) throws IOException {
        Properties file = new Properties();
        try (Reader reader = Files.newBufferedReader(Program.HOME.resolve("lib/framework.properties"))) {
            file.load(reader);
        }
        // Pax Exam has a storage of its own.
        file.keySet().removeIf(key -> key.toString().startsWith("org.osgi.framework.storage"));
        file.setProperty("jobyard.instance", instance.toString());
        file.setProperty("jobyard.home", Program.HOME.toString());
        return composite(file.stringPropertyNames().stream()
                .map(key -> frameworkProperty(key)
                        .value(file.getProperty(key)
                                .replace("${jobyard.instance}", instance.toString())
                                .replace("${jobyard.home}", Program.HOME.toString())))
                .toArray(Option[]::new));
    }
}
