package io.github.printer2mqtt.driver.repetier;

import io.github.printer2mqtt.driver.PushedSession;
import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.net.http.PrinterHttp;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The open sessions of one server, which are notified of what happens to it. Belongs to the event loop of these sessions.
 */
final class RepetierMembers implements PushedSession.Listener {
    private final Set<Member> members = new LinkedHashSet<>();

    /** A session of one of the printers. */
    interface Member {
        PrinterHttp http();

        /** Null until it is known. */
        @Nullable String slug();

        /** What is known of the server may say something new of the printer. */
        void onUpdate();

        /** The print of the printer ended. */
        void onJobEnd(JobResult result);

        /** The web socket was closed by the bridge, and must be opened by another member. */
        void onPollNeeded();

        /** The web socket was lost. */
        void onLost();
    }

    void add(Member member) {
        members.add(member);
    }

    void remove(Member member) {
        members.remove(member);
    }

    /** The one that connects; null without members. */
    @Nullable Member first() {
        return members.isEmpty() ? null : members.iterator().next();
    }

    boolean contains(String slug) {
        return members.stream().anyMatch(member -> slug.equals(member.slug()));
    }

    void onUpdateOf(String slug) {
        of(slug).forEach(Member::onUpdate);
    }

    void onJobEnd(String slug, JobResult result) {
        of(slug).forEach(member -> member.onJobEnd(result));
    }

    private List<Member> of(String slug) {
        return members.stream().filter(member -> slug.equals(member.slug())).toList();
    }

    /** A member may leave meanwhile. */
    private void tell(Consumer<Member> message) {
        List.copyOf(members).forEach(message);
    }

    @Override
    public void onUpdate() {
        tell(Member::onUpdate);
    }

    @Override
    public void onPollNeeded() {
        tell(Member::onPollNeeded);
    }

    @Override
    public void onLost() {
        tell(Member::onLost);
    }
}
