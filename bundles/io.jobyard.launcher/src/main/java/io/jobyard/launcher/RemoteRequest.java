// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import io.jobyard.settings.api.command.CommandFiles;
import io.jobyard.settings.api.command.DirectoryFiles;
import io.jobyard.settings.api.command.Frame;
import io.jobyard.settings.api.command.UnreadableFileException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Command for a remote host: its words and the files that it names, which are read while they are sent. */
final class RemoteRequest implements AutoCloseable {

    private static final int PART = 65_536;

    private final List<String> words;
    private final Set<String> names;
    private final CommandFiles files;
    private final @Nullable Path copy;

    private RemoteRequest(List<String> words, Set<String> names, CommandFiles files, @Nullable Path copy) {
        this.words = words;
        this.names = names;
        this.files = files;
        this.copy = copy;
    }

    /**
     * Reads all of standard input if the command needs input or a password, because a host does not wait for a
     * slow client.
     */
    static RemoteRequest of(List<String> words, Set<String> files) throws IOException {
        Set<String> names = new LinkedHashSet<>(files);
        InputStream in = InputStream.nullInputStream();
        Path copy = null;
        if (TypedPassword.isAsked(words)) {
            names.add(CommandFiles.STANDARD_INPUT);
            InputStream typed = TypedPassword.input(words);
            in = typed == System.in ? new TypedPassword(TypedPassword.next()) : typed;
        } else if (names.contains(CommandFiles.STANDARD_INPUT)) {
            copy = Files.createTempFile("jobyard-", ".input");
            Files.copy(System.in, copy, StandardCopyOption.REPLACE_EXISTING);
            in = Files.newInputStream(copy);
        }
        return new RemoteRequest(words, names, new DirectoryFiles(Path.of("").toAbsolutePath(), in), copy);
    }

    /** Returns the frames in sequence. */
    InputStream stream() {
        return new SequenceInputStream(new Frames());
    }

    @Override
    public void close() throws IOException {
        if (copy != null) {
            Files.delete(copy);
        }
    }

    /** Reads each frame on demand. */
    private final class Frames implements Enumeration<InputStream> {

        private final Deque<Frame> ready = new ArrayDeque<>();
        private final Iterator<String> left = names.iterator();
        private @Nullable InputStream file;

        Frames() {
            words.forEach(word -> ready.add(Frame.of(Frame.WORD, word)));
        }

        @Override
        public boolean hasMoreElements() {
            while (ready.isEmpty() && (file != null || left.hasNext())) {
                if (file == null) {
                    begin(left.next());
                } else {
                    part(file);
                }
            }
            return !ready.isEmpty();
        }

        private void begin(String name) {
            ready.add(Frame.of(Frame.FILE, name));
            try {
                file = files.open(name);
            } catch (UnreadableFileException e) {
                ready.add(Frame.of(Frame.FAULT, String.valueOf(e.getMessage())));
            } catch (IOException e) {
                ready.add(Frame.of(Frame.FAULT, name + " cannot be read: " + e.getMessage()));
            }
        }

        private void part(InputStream in) {
            try {
                byte[] bytes = in.readNBytes(PART);
                if (bytes.length > 0) {
                    ready.add(new Frame(Frame.PART, bytes));
                } else {
                    in.close();
                    file = null;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public InputStream nextElement() {
            return new ByteArrayInputStream(ready.remove().sent().array());
        }
    }
}
