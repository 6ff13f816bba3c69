// SPDX-License-Identifier: Apache-2.0
package io.jobyard.secrets;

import io.jobyard.api.Finding;
import io.jobyard.api.handler.RetryableException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reader of secret files. It reads a secret's file at each use, so a change applies at once and no secret is cached.
 */
final class SecretFiles {

    /** The form of a secret's name: a file name without a directory. */
    static final String NAME = "[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}";

    /** The minimum length. A shorter secret would match, and be redacted, everywhere. */
    static final int SHORTEST = 4;

    private static final int LONGEST = 65_536;
    private static final Duration LATER = Duration.ofSeconds(30);
    private static final Set<PosixFilePermission> OTHERS = EnumSet.complementOf(EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));

    private final Path directory;

    SecretFiles(Path directory) {
        this.directory = directory;
    }

    /** Returns the name. Throws if it is invalid, for example a path to another directory. */
    static String requireName(String name) {
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException("invalid secret name: use 1 to 100 of the characters"
                    + " A-Z a-z 0-9 . _ -; the first must not be a dot");
        }
        return name;
    }

    /**
     * Reads a secret without its final line break. Error messages name the file and the fix, but contain no part of the
     * secret.
     */
    String read(String name) {
        Path file = directory.resolve(name);
        try {
            if (Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
                throw refused(name, file + " is readable by other users: chmod 600 " + file, null);
            } else if (!Files.isRegularFile(file) || Files.size(file) > LONGEST) {
                throw refused(name, file + " is not a regular file of at most " + LONGEST + " bytes", null);
            }
            String secret = Files.readString(file).replaceFirst("\\R\\z", "");
            if (secret.length() < SHORTEST) {
                throw refused(name, file + " has fewer than " + SHORTEST + " characters: use a longer secret", null);
            }
            return secret;
        } catch (NoSuchFileException e) {
            throw refused(name, "file not found: " + file + ": create it with mode 0600", e);
        } catch (CharacterCodingException e) {
            throw refused(name, file + " is not UTF-8 text", null);
        } catch (IOException e) {
            throw refused(name, file + " cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    /** Returns the doctor's finding about secrets without a policy. */
    List<Finding> unused() {
        try (Stream<Path> files = Files.list(directory)) {
            long count = files.filter(Files::isRegularFile).count();
            return count == 0
                    ? List.of()
                    : List.of(new Finding(
                            SecretsSettings.PID,
                            directory + " has " + count + (count == 1 ? " file" : " files")
                                    + " but no policy exists, so no job gets a secret",
                            "write etc/" + SecretPolicies.FACTORY
                                    + "-NAME.cfg, with secrets = NAMES, types = JOB TYPES, bundles = SYMBOLIC NAMES"));
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            return List.of(new Finding(
                    SecretsSettings.PID,
                    directory + " cannot be read (" + e.getClass().getSimpleName() + ")",
                    "make it readable by the host's user only: chmod 700 " + directory));
        }
    }

    /** Creates a retryable exception, because an administrator can fix the cause. */
    static RetryableException refused(String name, String why, @Nullable Throwable cause) {
        return new RetryableException("secret " + name + ": " + why, LATER, cause);
    }
}
