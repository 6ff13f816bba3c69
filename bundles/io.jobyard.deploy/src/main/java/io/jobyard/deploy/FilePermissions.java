// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import io.jobyard.api.Finding;
import io.jobyard.settings.api.Instance;
import io.jobyard.spi.Examiner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Check that only the host's user can access the instance. File systems without modes pass. */
@Component
public final class FilePermissions implements Examiner {

    private static final Set<PosixFilePermission> OTHERS = named("------rwx");
    private static final Set<PosixFilePermission> NOT_OWN = named("---rwxrwx");
    private static final Set<PosixFilePermission> OTHERS_WRITE = named("-------w-");

    private final @Nullable Path instance;

    @Activate
    public FilePermissions(@Reference Instance instance) {
        this(instance.isNamed() ? instance.directory() : null);
    }

    FilePermissions(@Nullable Path instance) {
        this.instance = instance;
    }

    @Override
    public List<Finding> examine() {
        if (instance == null) {
            return List.of(); // the files belong to another host
        }
        return Stream.of(replaceable(instance), open(instance, "etc"), open(instance, "data"), deploy(instance))
                .filter(Objects::nonNull)
                .toList();
    }

    private static @Nullable Finding replaceable(Path directory) {
        PosixFileAttributes modes = modes(directory);
        return modes == null || !meets(modes, OTHERS_WRITE)
                ? null
                : finding(
                        directory,
                        modes,
                        "other users can write there and so replace etc/ or deploy/",
                        "chmod o-w " + quoted(directory));
    }

    private static @Nullable Finding open(Path instance, String name) {
        Path directory = instance.resolve(name);
        PosixFileAttributes modes = modes(directory);
        return modes == null || !meets(modes, NOT_OWN)
                ? null
                : finding(
                        directory,
                        modes,
                        "other users can access it",
                        "chmod 700 " + quoted(directory) + "; and chmod -R go-rwx " + quoted(directory)
                                + " for its contents");
    }

    /** Ignores access for the group, which a user has granted: the host creates the directory without it. */
    private static @Nullable Finding deploy(Path instance) {
        Path directory = instance.resolve("deploy");
        PosixFileAttributes modes = modes(directory);
        if (modes == null || meets(modes, OTHERS) || !meets(modes, NOT_OWN)) {
            return open(instance, "deploy");
        }
        return Finding.note(
                Finding.FILES,
                directory + " is open to group " + modes.group().getName() + " intentionally (" + text(modes) + ")",
                "chmod 700 " + quoted(directory) + " closes it");
    }

    private static Finding finding(Path directory, PosixFileAttributes modes, String what, String fix) {
        return new Finding(Finding.FILES, directory + " is " + text(modes) + ": " + what, fix);
    }

    private static boolean meets(PosixFileAttributes modes, Set<PosixFilePermission> any) {
        return modes.permissions().stream().anyMatch(any::contains);
    }

    private static String text(PosixFileAttributes modes) {
        return PosixFilePermissions.toString(modes.permissions());
    }

    /** Returns null without modes, or without the directory. */
    private static @Nullable PosixFileAttributes modes(Path directory) {
        PosixFileAttributeView view = Files.getFileAttributeView(directory, PosixFileAttributeView.class);
        try {
            return view == null || Files.notExists(directory) ? null : view.readAttributes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the permissions of " + directory, e);
        }
    }

    /** Quotes a path for a shell. */
    private static String quoted(Path path) {
        String text = path.toString();
        return text.matches("[\\w/.,:@%+=-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    private static Set<PosixFilePermission> named(String text) {
        return EnumSet.copyOf(PosixFilePermissions.fromString(text));
    }
}
