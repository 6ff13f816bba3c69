// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.HandlerName;
import io.jobyard.api.spi.HandlerCatalog;
import io.jobyard.api.spi.HandlerInfo;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Handlers of version 1.0.0, that of {@code aside} quarantined. Whoever asks for a range gets none. */
final class FakeHandlers implements HandlerCatalog {

    @Override
    public List<HandlerInfo> handlers() {
        return Stream.of("aside", "bad", "e", "echo", "slow", "word_count")
                .map(type -> new HandlerInfo(
                        type, "1.0.0", "com.acme 1.0.0", type.equals("aside") ? "quarantined" : "active", 0, 1))
                .toList();
    }

    @Override
    public Optional<HandlerName> serving(String type, @Nullable String handlerVersion) {
        return handlers().stream()
                .filter(handler -> handlerVersion == null && handler.type().equals(type))
                .map(handler -> new HandlerName(handler.version(), handler.bundle()))
                .findFirst();
    }

    @Override
    public Set<String> limits(String type, @Nullable String handlerVersion) {
        return Set.of();
    }

    @Override
    public List<String> problems(String type, @Nullable String handlerVersion, String payload) {
        return List.of();
    }
}
