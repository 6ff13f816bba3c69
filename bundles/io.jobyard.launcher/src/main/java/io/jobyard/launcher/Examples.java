// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/**
 * Job types of the tutorials: a bundle of the program that a host installs only after it is copied into {@code
 * deploy/}.
 */
record Examples(Program program, InstanceDirectory instance) {

    static final String NAME = "examples";

    private static final String JAR = "io.jobyard.handler.examples.jar";
    private static final Pattern TYPE = Pattern.compile("io\\.jobyard\\.handler;type=\"?(\\w+)");

    private Path shipped() {
        return program.home().resolve(NAME).resolve(JAR);
    }

    Path installed() {
        return instance.deploy().resolve(JAR);
    }

    /** Copies this program's bundle to {@code deploy/}. Returns false if it is already installed. */
    boolean install() throws IOException {
        Path jar = shipped();
        if (Files.notExists(jar)) {
            throw new LaunchException("file not found: " + jar + ": unpack the program again");
        }
        if (Files.exists(installed()) && Files.mismatch(jar, installed()) < 0) {
            return false;
        }
        instance.prepare(program);
        Path next = instance.directory().resolve(JAR + ".new"); // outside deploy/: the host refuses an incomplete jar
        Files.deleteIfExists(next);
        OwnerOnlyFiles.copy(jar, next);
        Files.move(next, installed(), StandardCopyOption.ATOMIC_MOVE);
        return true;
    }

    /** Returns the names of the bundle's job types. */
    List<String> types() throws IOException {
        try (JarFile jar = new JarFile(shipped().toFile())) {
            String capabilities = jar.getManifest().getMainAttributes().getValue("Provide-Capability");
            return TYPE.matcher(capabilities)
                    .results()
                    .map(type -> type.group(1))
                    .sorted()
                    .toList();
        }
    }
}
