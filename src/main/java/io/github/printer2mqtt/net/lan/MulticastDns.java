package io.github.printer2mqtt.net.lan;

import io.github.printer2mqtt.net.lan.LanQuestion.Destination;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DnsPtrRecord;
import io.netty.handler.codec.dns.DnsRawRecord;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordDecoder;
import io.netty.handler.codec.dns.DnsRecordEncoder;
import io.netty.handler.codec.dns.DnsRecordType;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Questions for services by multicast DNS and their answers. A question comes from a port other than 5353, so that its answers come
 * straight to that port (RFC 6762, 6.7): no group is joined, and no port is taken from a responder of this machine. The records are
 * read by Netty's codec, which Vert.x brings along.
 */
public final class MulticastDns {
    private static final Destination GROUP = Destination.multicast("224.0.0.251", 5353);
    private static final String DOMAIN = ".local.";
    private static final int HEADER_BYTES = 12;
    private static final int SRV_PORT_OFFSET = 4;
    private static final int RESPONSE = 0x8000;

    private MulticastDns() {}

    /** @param type for example {@code _moonraker._tcp} */
    public static LanQuestion question(String type) {
        Buffer message = message(type);
        return new LanQuestion.Ask(List.of(GROUP), from -> message);
    }

    private static Buffer message(String type) {
        ByteBuf message = Unpooled.buffer();
        message.writeZero(4).writeShort(1).writeZero(6); // id and flags, one question, no records
        try {
            DnsRecordEncoder.DEFAULT.encodeQuestion(new DefaultDnsQuestion(type + DOMAIN, DnsRecordType.PTR), message);
        } catch (Exception e) {
            throw new IllegalArgumentException("no name of a service: " + type, e);
        }
        byte[] bytes = new byte[message.readableBytes()];
        message.readBytes(bytes);
        return Buffer.buffer(bytes);
    }

    /** The services of a type in an answer; none if the datagram is no valid answer. */
    public static List<DnsService> services(Datagram datagram, String type) {
        Map<String, Draft> drafts = new LinkedHashMap<>();
        try {
            for (DnsRecord each :
                    records(Unpooled.wrappedBuffer(datagram.content().getBytes()))) {
                read(each, "." + type + DOMAIN, drafts);
            }
        } catch (DecoderException | IndexOutOfBoundsException | IllegalArgumentException invalid) {
            return List.of();
        }
        return drafts.values().stream().map(each -> each.service(type)).toList();
    }

    private static List<DnsRecord> records(ByteBuf message) {
        if (message.readableBytes() < HEADER_BYTES || (message.getUnsignedShort(2) & RESPONSE) == 0) {
            return List.of();
        }
        int questions = message.getUnsignedShort(4);
        int count = message.getUnsignedShort(6) + message.getUnsignedShort(8) + message.getUnsignedShort(10);
        message.readerIndex(HEADER_BYTES);
        List<DnsRecord> records = new ArrayList<>();
        try {
            for (int i = 0; i < questions; i++) {
                DnsRecordDecoder.DEFAULT.decodeQuestion(message);
            }
            for (int i = 0; i < count; i++) {
                DnsRecord next = DnsRecordDecoder.DEFAULT.decodeRecord(message);
                if (next == null) {
                    break; // cut off
                }
                records.add(next);
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new DecoderException(e);
        }
        return records;
    }

    private static void read(DnsRecord found, String suffix, Map<String, Draft> drafts) {
        if (found instanceof DnsPtrRecord pointer && ("." + found.name()).equalsIgnoreCase(suffix)) {
            draft(pointer.hostname(), suffix, drafts);
        } else if (found instanceof DnsRawRecord raw && endsWith(found.name(), suffix)) {
            Draft draft = draft(found.name(), suffix, drafts);
            ByteBuf content = raw.content();
            if (DnsRecordType.SRV.equals(found.type())) {
                draft.port = content.getUnsignedShort(content.readerIndex() + SRV_PORT_OFFSET);
            } else if (DnsRecordType.TXT.equals(found.type())) {
                readAttributes(content, draft.attributes);
            }
        }
    }

    private static boolean endsWith(String name, String suffix) {
        return name.toLowerCase(Locale.ROOT).endsWith(suffix.toLowerCase(Locale.ROOT));
    }

    private static Draft draft(String name, String suffix, Map<String, Draft> drafts) {
        String instance = endsWith(name, suffix) ? name.substring(0, name.length() - suffix.length()) : "";
        return drafts.computeIfAbsent(instance.toLowerCase(Locale.ROOT), key -> new Draft(instance));
    }

    /** RFC 6763, 6: {@code name=value} with a length before each; of a repeated name only the first counts. */
    private static void readAttributes(ByteBuf content, Map<String, String> attributes) {
        while (content.isReadable()) {
            String text = content.readCharSequence(content.readUnsignedByte(), StandardCharsets.UTF_8)
                    .toString();
            int equals = text.indexOf('=');
            if (equals > 0) {
                attributes.putIfAbsent(text.substring(0, equals).toLowerCase(Locale.ROOT), text.substring(equals + 1));
            }
        }
    }

    /** A service while its records are read. */
    private static final class Draft {
        final String instance;
        final Map<String, String> attributes = new HashMap<>();

        @Nullable Integer port;

        Draft(String instance) {
            this.instance = instance;
        }

        DnsService service(String type) {
            return new DnsService(type, instance, port == null || port == 0 ? null : port, attributes);
        }
    }
}
