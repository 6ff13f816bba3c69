// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.settings.api.command.Frame;
import io.jobyard.settings.api.command.FrameWriter;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.UserPrincipal;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client of the socket. */
final class ClientConnection {

    private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);

    private final SocketChannel channel;
    private final ServerSocketChannel server;
    private final ShellSession session;
    private final FrameWriter frames;
    /** Guarded by this connection, because an interrupt for this client must not reach the thread's next client. */
    private @Nullable Thread serving;

    ClientConnection(SocketChannel channel, ServerSocketChannel server, ShellSession session) {
        this.channel = channel;
        this.server = server;
        this.session = session;
        frames = new FrameWriter(channel);
    }

    /** Ends the session at once. */
    void end() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("Cannot close the connection of a shell client: {}", e.toString());
        }
        interrupt();
    }

    private synchronized void interrupt() {
        if (serving != null) {
            serving.interrupt();
        }
    }

    private synchronized void begin() {
        serving = Thread.currentThread();
    }

    private synchronized void leave() {
        serving = null;
        Thread.interrupted(); // the interrupt belongs to this session, which has ended
    }

    /** Writes to the client, and ends the session once it is gone. */
    void write() {
        try (channel) {
            frames.pump();
        } catch (IOException e) {
            LOG.debug("Shell client disconnected: {}", e.toString());
            end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void serve() {
        begin();
        try {
            frames.exit(exit());
        } catch (IOException e) {
            LOG.debug("Shell session ended: {}", e.toString());
            end();
        } finally {
            leave();
        }
    }

    private int exit() throws IOException {
        try {
            String user = user();
            BufferedInputStream in = new BufferedInputStream(new ChannelInput(channel));
            Greeting greeting = Greeting.read(in);
            String command = switch (greeting.mode()) {
                case RUN, CALL -> command(new DataInputStream(in));
                case LINES, TERMINAL -> null;
            };
            return session.serve(new ShellSession.Client(
                    greeting, user, command, in, frames.stream(Frame.OUT), frames.stream(Frame.ERR)));
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        } catch (Exception e) {
            String line = e instanceof IOException ? String.valueOf(e.getMessage()) : "an error in Jobyard: " + e;
            LOG.debug("Shell session failed", e);
            frames.stream(Frame.ERR).write((Screen.plain(line) + "\n").getBytes(StandardCharsets.UTF_8));
            return 1;
        }
    }

    /** Checks the peer in case the mode of the socket file was widened. */
    private String user() throws IOException {
        UserPrincipal peer =
                channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
        UserPrincipal owner = Files.getOwner(((UnixDomainSocketAddress) server.getLocalAddress()).getPath());
        if (!peer.equals(owner) && !peer.getName().equals("root")) {
            throw new IOException(
                    "refused: this host accepts commands only from its own user, " + owner.getName() + ", and root");
        }
        return peer.getName();
    }

    private static String command(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > ShellSession.LONGEST_LINE) {
            throw new IOException("the command is longer than " + ShellSession.LONGEST_LINE + " bytes; use --file -");
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
}
