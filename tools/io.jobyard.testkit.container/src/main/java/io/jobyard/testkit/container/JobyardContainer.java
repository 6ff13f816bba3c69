// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.container;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.frameworkStartLevel;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.ops4j.pax.exam.Option;

/**
 * Container with the program's own files: the same bundles, start levels and framework properties, and a separate
 * instance. For the configuration of a Pax Exam test with the native container:
 *
 * <pre>{@code
 *
 * @Configuration
 * public Option[] host() throws IOException {
 *     Path program = Path.of(System.getProperty("program"));
 *     return options(JobyardContainer.of(program, Path.of("target/instances")), bundle(…).startLevel(25));
 * }
 * }</pre>
 */
public final class JobyardContainer {

    /** Start level at which all of the program's bundles run. */
    public static final int START_LEVEL = 30;

    /** Permissions as in the program's own instances. */
    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private JobyardContainer() {}

    /**
     * Returns options for the program in a container, with JUnit.
     *
     * @param program the directory of the unpacked program
     * @param instances the directory in which to create the instance's new directory
     * @return options to combine with those of the test
     * @throws IOException if the program does not exist or the instance cannot be created
     */
    public static Option of(Path program, Path instances) throws IOException {
        Path home = program.toAbsolutePath().normalize();
        Path instance = instance(home, instances.toAbsolutePath());
        return composite(
                composite(bundles(home).toArray(Option[]::new)),
                settings(home, instance),
                frameworkStartLevel(START_LEVEL),
                junitBundles(),
                systemProperty("jobyard.instance").value(instance.toString()));
    }

    private static Path instance(Path home, Path instances) throws IOException {
        Path instance = Files.createTempDirectory(Files.createDirectories(instances), "c");
        for (String part : new String[] {"etc", "deploy", "data/log"}) {
            Files.createDirectories(instance.resolve(part), PRIVATE);
        }
        Files.copy(home.resolve("etc-defaults/logback.xml"), instance.resolve("etc/logback.xml"));
        return instance;
    }

    /** Returns options for the files in {@code bundles/LEVEL/}. */
    private static List<Option> bundles(Path home) throws IOException {
        List<Option> bundles = new ArrayList<>();
        try (Stream<Path> files = Files.walk(home.resolve("bundles"))) {
            for (Path jar : files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList()) {
                int level = Integer.parseInt(jar.getParent().getFileName().toString());
                bundles.add(bundle(jar.toUri().toString()).startLevel(level).start(!isFragment(jar)));
            }
        }
        return bundles;
    }

    private static boolean isFragment(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.getManifest().getMainAttributes().getValue("Fragment-Host") != null;
        }
    }

    private static Option settings(Path home, Path instance) throws IOException {
        Properties file = new Properties();
        try (Reader reader = Files.newBufferedReader(home.resolve("lib/framework.properties"))) {
            file.load(reader);
        }
        // Pax Exam has its own storage.
        file.keySet().removeIf(key -> key.toString().startsWith("org.osgi.framework.storage"));
        file.setProperty("jobyard.instance", instance.toString());
        file.setProperty("jobyard.home", home.toString());
        return composite(file.stringPropertyNames().stream()
                .map(key -> frameworkProperty(key)
                        .value(file.getProperty(key)
                                .replace("${jobyard.instance}", instance.toString())
                                .replace("${jobyard.home}", home.toString())))
                .toArray(Option[]::new));
    }
}
