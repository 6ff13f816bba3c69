// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm;

import io.jobyard.api.handler.PermanentException;
import io.jobyard.api.handler.RetryableException;
import io.jobyard.handler.llm.api.LlmTool;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Registry of tools. */
@Component(service = ToolRegistry.class)
public final class ToolRegistry {

    private static final Logger LOG = LoggerFactory.getLogger(ToolRegistry.class);

    /** Time for running calls to end, and again after an interrupt. */
    private static final Duration DRAIN = Duration.ofSeconds(10);

    static final Duration UPDATE_TAKES = Duration.ofSeconds(5);

    private final Set<OfferedTool> offers = new ConcurrentSkipListSet<>();
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void bindTool(LlmTool tool, Map<String, Object> properties) {
        try {
            OfferedTool offer = OfferedTool.of(tool, properties);
            offers.add(offer);
            seen.add(offer.name());
        } catch (IllegalArgumentException e) {
            LOG.warn("Tool {} ignored: {}", tool.getClass().getName(), e.getMessage());
        }
    }

    public void unbindTool(LlmTool tool) {
        List<OfferedTool> leaving =
                offers.stream().filter(offer -> offer.tool() == tool).toList();
        leaving.forEach(offers::remove);
        try {
            for (OfferedTool offer : leaving) {
                offer.calls().drain(DRAIN, DRAIN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Returns a tool by name. A removed tool usually returns, because its bundle is being updated.
     *
     * @throws RetryableException if the tool was removed
     * @throws PermanentException if the tool never existed; the message lists the available tools
     */
    public OfferedTool offer(String name) {
        return find(name)
                .orElseThrow(() -> seen.contains(name)
                        ? left(name)
                        : new PermanentException("unknown tool: " + name + "; available tools: " + names()));
    }

    /**
     * Returns a tool that an earlier run of the job found, possibly before a restart of the host.
     *
     * @throws RetryableException if it is not available
     */
    public OfferedTool offerAgain(String name) {
        return find(name).orElseThrow(() -> left(name));
    }

    /** Returns a tool by its name; empty if it is not available now. */
    public Optional<OfferedTool> find(String name) {
        return offers.stream().filter(offer -> offer.name().equals(name)).findFirst();
    }

    private static RetryableException left(String name) {
        return new RetryableException("tool " + name + " was removed with its bundle", UPDATE_TAKES, null);
    }

    private String names() {
        Set<String> names = offers.stream().map(OfferedTool::name).collect(Collectors.toCollection(TreeSet::new));
        return names.isEmpty() ? "none" : String.join(", ", names);
    }
}
