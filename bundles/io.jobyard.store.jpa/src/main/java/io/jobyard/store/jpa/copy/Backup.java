// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.copy;

import io.jobyard.api.StoreException;
import io.jobyard.api.ValidationException;
import io.jobyard.store.api.StoreDialect;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One backup of the database. */
public final class Backup {

    private static final Logger LOG = LoggerFactory.getLogger(Backup.class);

    private final Path directory;
    private final List<Path> live;

    /** Creates a backup in a directory outside the host's directories. */
    public Backup(Path directory, List<Path> live) {
        this.directory = directory;
        this.live = live;
    }

    /** Makes the backup. Returns its size in bytes. */
    public long make(DataSource source, StoreDialect dialect) throws IOException {
        boolean made = prepare();
        try (Connection connection = source.getConnection()) {
            dialect.backup(connection, directory);
            long bytes = bytes();
            LOG.info("Store copied to {}: {} bytes", directory, bytes);
            return bytes;
        } catch (StoreException e) { // the database does not support backups by the host
            remove(made);
            throw e;
        } catch (SQLException | IOException e) {
            remove(made);
            long free = directory.resolveSibling("").toFile().getUsableSpace() >> 20;
            throw new StoreException(
                    "cannot copy the database to " + directory + ": "
                            + (e instanceof SQLException known ? dialect.reason(known) : e.getMessage()) + " " + free
                            + " MiB are free there; make room if necessary, or use another directory",
                    e);
        }
    }

    /** Prepares the directory. Returns whether it was created now. */
    private boolean prepare() {
        try {
            refuseInsideLive();
            if (Files.exists(directory)) {
                refuseUnlessEmpty();
                return false;
            }
            Path parent = directory.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            // the backup contains all payloads and results
            Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            return true;
        } catch (AccessDeniedException e) {
            throw new ValidationException("the host may not write to '" + e.getFile() + "'; use another directory");
        } catch (IOException e) {
            throw new ValidationException("'" + directory + "' cannot be created as a directory: " + reason(e));
        }
    }

    private void refuseInsideLive() throws IOException {
        Path wanted = real(directory);
        for (Path each : live) {
            if (wanted.startsWith(real(each))) {
                throw new ValidationException("invalid directory '" + directory + "': it is in '" + each
                        + "', which the host uses; use a directory elsewhere, preferably on another disk");
            }
        }
    }

    /** Returns the path with its existing part resolved. */
    private static Path real(Path path) throws IOException {
        Path there = path;
        while (Files.notExists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        return there.toRealPath().resolve(there.relativize(path));
    }

    private void refuseUnlessEmpty() throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new ValidationException("'" + directory + "' is a file; use an empty or non-existent directory");
        }
        if (!Files.isWritable(directory)) {
            throw new AccessDeniedException(directory.toString());
        }
        try (Stream<Path> content = Files.list(directory)) {
            if (content.findAny().isPresent()) {
                throw new ValidationException(
                        "'" + directory + "' is not empty; use an empty or non-existent directory");
            }
        }
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName().replace("Exception", "") + ": " + e.getMessage();
    }

    private long bytes() throws IOException {
        long bytes = 0;
        for (Path file : content()) {
            bytes += Files.isRegularFile(file) ? Files.size(file) : 0;
        }
        return bytes;
    }

    /** Removes an incomplete backup, so that nobody mistakes it for a complete one. The directory was empty before. */
    private void remove(boolean itself) throws IOException {
        for (Path file : content().stream().sorted(Comparator.reverseOrder()).toList()) {
            if (itself || !file.equals(directory)) {
                Files.delete(file);
            }
        }
    }

    private List<Path> content() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.toList();
        }
    }
}
