/** Colours of what lies on a face, from little to much: lighter with every step, so that no hue has to be told apart. */
export const FLUORESCENCE: readonly (readonly [at: number, r: number, g: number, b: number])[] = [
  [0, 0.2, 0.12, 0.55],
  [0.33, 0.05, 0.42, 0.8],
  [0.67, 0.22, 0.82, 0.5],
  [1, 1, 0.98, 0.72],
];

const vec3 = ([, r, g, b]: readonly [number, number, number, number]): string => `vec3( ${[r, g, b].map((n) => n.toFixed(3)).join(", ")} )`;

/** Size of the field in which one print lies, and the distance of its ridges, metres: drawn coarser than they are. */
const FIELD = 0.026;
const RIDGES = 0.0019;

/**
 * What lies on a face, drawn as prints of fingers: the more, the more of them and the brighter. A face has one load; where
 * on it a print is drawn says nothing.
 */
export const PRINTS = /* glsl */ `
uniform float ultraviolet;
varying vec3 vPlace;
varying vec3 vFacing;
vec3 fluorescence( float level ) {
	vec3 color = ${vec3(FLUORESCENCE[0]!)};
	${FLUORESCENCE.slice(1).map((stop, n) => {
    const from = FLUORESCENCE[n]![0];
    return `color = mix( color, ${vec3(stop)}, clamp( ( level - ${from.toFixed(3)} ) / ${(stop[0] - from).toFixed(3)}, 0.0, 1.0 ) );`;
  }).join("\n\t")}
	return color;
}
vec3 chances( vec3 cell ) {
	cell = fract( cell * vec3( 0.1031, 0.1030, 0.0973 ) );
	cell += dot( cell, cell.yxz + 33.33 );
	return fract( ( cell.xxy + cell.yxx ) * cell.zyx );
}
// One field of prints: where a print is in it, how strong it is, and its ridges.
float field( vec2 at, float salt, float often ) {
	vec3 chance = chances( vec3( floor( at ), salt ) );
	vec2 off = fract( at ) - 0.5 - 0.16 * ( chance.xy - 0.5 );
	float turn = 6.283 * chance.z;
	off = mat2( cos( turn ), sin( turn ), - sin( turn ), cos( turn ) ) * off;
	vec2 half2 = mix( vec2( 0.2, 0.26 ), vec2( 0.3, 0.4 ), chance.y );
	// Ridges run around a whorl beside the middle; where they are finer than pixels they are not drawn.
	float phase = 6.283 * length( ( off - vec2( 0.05, - 0.1 ) ) * vec2( 1.25, 1.0 ) ) * ${(FIELD / RIDGES).toFixed(3)} + 1.2 * sin( 9.0 * off.y );
	float fine = 1.0 - smoothstep( 0.8, 2.4, fwidth( phase ) );
	float ridge = mix( 0.7, smoothstep( - 0.5, 0.4, cos( phase ) ), fine );
	float there = step( fract( chance.x * 7.31 + chance.y ), often );
	return there * ( 0.45 + 0.55 * chance.x ) * ridge * ( 1.0 - smoothstep( 0.62, 1.0, length( off / half2 ) ) );
}
float marks( vec3 place, vec3 facing, float level ) {
	vec3 side = abs( facing );
	vec2 spot = side.y > max( side.x, side.z ) ? place.xz : side.x > side.z ? place.zy : place.xy;
	vec2 at = spot / ${FIELD.toFixed(4)};
	// Hands come to some places more than to others.
	float come = 0.5 + 0.25 * ( sin( 23.0 * spot.x + 5.0 * sin( 11.0 * spot.y ) ) + sin( 19.0 * spot.y + 4.0 * sin( 13.0 * spot.x ) ) );
	float often = level * mix( 0.25, 1.0, come );
	float print = max( field( at, 3.0, often ), field( mat2( 0.8, 0.6, - 0.6, 0.8 ) * at * 0.83 + 0.37, 7.0, often ) );
	return mix( 0.14 + 0.2 * level * come, 1.0, print );
}
`;
