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

/** Reads each secret from its file at each use: a change counts at once, and no secret is kept. */
final class SecretFiles {

    /** The form of a name: that of a file in the directory itself. */
    static final String NAME = "[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}";

    /** A shorter one would match, and be redacted, everywhere. */
    static final int SHORTEST = 4;

    private static final int LONGEST = 65_536;
    private static final Duration LATER = Duration.ofSeconds(30);
    private static final Set<PosixFilePermission> OTHERS = EnumSet.complementOf(EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));

    private final Path directory;

    SecretFiles(Path directory) {
        this.directory = directory;
    }

    /** The name; throws if it is none, such as a way to another directory. */
    static String requireName(String name) {
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException(
                    "a secret is asked for whose name is none: use 1 to 100 of the characters"
                            + " A-Z a-z 0-9 . _ - and no dot first");
        }
        return name;
    }

    /** Reads a secret without its last line end. Messages name the file and the fix, and nothing of the secret. */
    String read(String name) {
        Path file = directory.resolve(name);
        try {
            if (Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
                throw refused(name, file + " may be read by others: chmod 600 " + file, null);
            } else if (!Files.isRegularFile(file) || Files.size(file) > LONGEST) {
                throw refused(name, file + " is no file of at most " + LONGEST + " bytes", null);
            }
            String secret = Files.readString(file).replaceFirst("\\R\\z", "");
            if (secret.length() < SHORTEST) {
                throw refused(name, file + " has fewer than " + SHORTEST + " characters: use a longer one", null);
            }
            return secret;
        } catch (NoSuchFileException e) {
            throw refused(name, "there is no file " + file + ": write it, with mode 0600", e);
        } catch (CharacterCodingException e) {
            throw refused(name, file + " is no text in UTF-8", null);
        } catch (IOException e) {
            throw refused(name, file + " cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    /** The doctor's finding about secrets without any policy. */
    List<Finding> unused() {
        try (Stream<Path> files = Files.list(directory)) {
            long count = files.filter(Files::isRegularFile).count();
            return count == 0
                    ? List.of()
                    : List.of(new Finding(
                            SecretsSettings.PID,
                            directory + " has " + count + (count == 1 ? " file" : " files")
                                    + " and there is no policy: no job gets a secret",
                            "write etc/" + SecretPolicies.FACTORY
                                    + "-NAME.cfg, with secrets = NAMES, types = JOB TYPES, bundles = SYMBOLIC NAMES"));
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            return List.of(new Finding(
                    SecretsSettings.PID,
                    directory + " cannot be read (" + e.getClass().getSimpleName() + ")",
                    "let the host's user read it, and nobody else: chmod 700 " + directory));
        }
    }

    /** Retryable: the administrator can mend it. */
    static RetryableException refused(String name, String why, @Nullable Throwable cause) {
        return new RetryableException("secret " + name + ": " + why, LATER, cause);
    }
}
