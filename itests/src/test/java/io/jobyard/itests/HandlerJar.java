// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Constants;
import aQute.bnd.osgi.Jar;
import io.jobyard.itests.words.WordCount;
import java.io.File;
import java.nio.file.Path;

/** A handler bundle as a platform team builds it: bnd, from a class with {@code @Component} and {@code @HandlesJob}. */
final class HandlerJar {

    private HandlerJar() {}

    static Path write(Path file, String version) throws Exception {
        try (Builder builder = new Builder()) {
            builder.setClasspath(new File[] {location(WordCount.class), location(io.jobyard.api.Job.class)});
            builder.setProperty(Constants.BUNDLE_SYMBOLICNAME, "com.acme.words");
            builder.setProperty(Constants.BUNDLE_VERSION, version);
            builder.setPrivatePackage(WordCount.class.getPackageName());
            Jar jar = builder.build();
            if (!builder.getErrors().isEmpty()) {
                throw new IllegalStateException("bnd: " + builder.getErrors());
            }
            jar.write(file.toFile());
        }
        return file;
    }

    private static File location(Class<?> type) throws Exception {
        return new File(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
